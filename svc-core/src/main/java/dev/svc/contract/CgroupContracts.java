package dev.svc.contract;

import dev.svc.contract.Watched.Seen;
import dev.svc.fmri.InstanceFmri;
import dev.svc.posix.Signal;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// Contracts that are cgroups: the kernel knows who is inside, whatever the processes do and whether or not we live.
final class CgroupContracts implements Contracts {
    private static final String LABEL = "svc.label";
    static final String ROOT = "svc.root";

    private final InstanceGroups groups;
    private final RunDirectory run;
    private final Launcher launcher;
    private final ContractWatch watch;
    private final Boot boot;
    private final List<ManagerLock> locks;
    private final Copies<InstanceFmri> labels;
    private final Copies<Boot> rootRecord;
    /// Of the root's record as we last wrote or read it: nobody else writes it while we hold the locks.
    private OptionalLong rootRevision = OptionalLong.empty();

    CgroupContracts(Cgroup root, RunDirectory run, Launcher launcher, Boot boot, List<ManagerLock> locks) throws IOException {
        this.groups = new InstanceGroups(root);
        this.run = run;
        this.launcher = launcher;
        this.boot = boot;
        this.locks = List.copyOf(locks);
        this.labels = new Copies<>(List.of(
                new Copies.Place<>("cgroup", fmri -> groups.of(fmri).attribute(LABEL), this::writeOnGroup,
                        fmri -> groups.of(fmri).removeAttribute(LABEL)),
                run.labels().place()));
        this.rootRecord = new Copies<>(List.of(
                new Copies.Place<>("cgroup", _ -> groups.root().attribute(ROOT), (_, line) -> groups.root().setAttribute(ROOT, line),
                        _ -> groups.root().removeAttribute(ROOT)),
                run.rootPlace()));
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
        this.watch = new ContractWatch(run.exits(), Whereabouts.Map.of(root.path(), mounts));
    }

    @Override public Containment containment() {
        return Containment.CGROUP;
    }

    @Override public Faults faultsTold() {
        return watch.faultsTold();
    }

    @Override public boolean coldBoot() {
        return boot.cold();
    }

    @Override public RootRecord root() throws IOException {
        Optional<RootFormat> known = RootFormat.newer(groups.root().attribute(ROOT).flatMap(RootFormat::of), run.root());
        rootRevision = OptionalLong.of(known.map(RootFormat::revision).orElse(0L));
        return known.isPresent() ? known.get().record() : run.saidNothing();
    }

    @Override public void writeRoot(RootRecord record) throws IOException {
        if (rootRevision.isEmpty()) {
            root();
        }
        rootRevision = OptionalLong.of(rootRevision.getAsLong() + 1);
        rootRecord.write(boot, rootFormat(record).bytes());
    }

    @Override public List<Damage> scrubRoot(RootRecord record) {
        RootFormat last = rootFormat(record);
        return rootRecord.scrub(boot, last.bytes(), last::isSaidBy);
    }

    private RootFormat rootFormat(RootRecord record) {
        return new RootFormat(boot.identity(), rootRevision.orElse(0L), record);
    }

    @Override public void writeLabel(Label label) throws IOException {
        labels.write(label.fmri(), LabelFormat.bytes(label));
    }

    private void writeOnGroup(InstanceFmri fmri, byte[] line) throws IOException {
        Cgroup group = groups.of(fmri);
        if (!group.exists()) {
            group.create();
        }
        group.setAttribute(LABEL, line);
    }

    @Override public List<Damage> scrubLabel(Label label) {
        return labels.scrub(label.fmri(), LabelFormat.bytes(label), line -> LabelFormat.isSaidBy(line, label));
    }

    @Override public void removeGroup(InstanceFmri fmri) throws IOException {
        // The copy first: it must not speak for an instance whose group is gone.
        run.labels().remove(fmri);
        labels.forget(fmri);
        if (!groups.of(fmri).remove()) {
            throw new IOException(fmri + ": group cannot be removed: processes are inside");
        }
    }

    @Override public void create(InstanceFmri fmri, ContractId contract) throws IOException {
        Watched watched = new Watched(fmri, contract, membership(fmri, contract), Seen.NOBODY);
        groups.of(fmri, contract).create();
        watch.report(watched);
        watch.add(watched);
    }

    @Override public void launch(Launch launch) throws LaunchException {
        ContractId contract = launch.contract();
        LaunchPlace place = new LaunchPlace(contract, groups.of(launch.fmri(), contract).path(), LaunchPlace.Mode.CGROUP);
        launcher.spawn(launch, place).end().thenAccept(status -> watch.launcherEnded(contract, status));
    }

    @Override public void signal(InstanceFmri fmri, ContractId contract, String signal) throws IOException {
        Signal known = Signal.named(signal).orElseThrow(() -> new IOException("there is no signal " + signal));
        Cgroup group = groups.of(fmri, contract);
        watch.signalled(contract);
        Signalling.send(() -> Launcher.without(group.pids(), contract, known), known);
    }

    @Override public void kill(InstanceFmri fmri, ContractId contract) throws IOException {
        watch.killed(contract);
        groups.of(fmri, contract).kill();
    }

    @Override public boolean revoke(InstanceFmri fmri, ContractId contract) throws IOException {
        boolean revoked = groups.of(fmri, contract).remove();
        if (revoked) {
            watch.forget(contract);
        } else {
            watch.refused(contract);
        }
        return revoked;
    }

    @Override public void dropExitRecord(ContractId contract) throws IOException {
        watch.dropRecord(contract);
    }

    @Override public List<Member> members(InstanceFmri fmri, ContractId contract) {
        try {
            return Processes.members(groups.of(fmri, contract).pids());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override public List<Found> surveyAndWatch(Consumer<Happening> sink) throws IOException {
        watch.watchExits();
        Map<InstanceFmri, Cgroup> instances = groups.all();
        Map<InstanceFmri, List<Watched>> contracts = new HashMap<>();
        for (Map.Entry<InstanceFmri, Cgroup> instance : instances.entrySet()) {
            contracts.put(instance.getKey(), reported(instance.getKey(), instance.getValue()));
        }
        // Watch first, read second: an exit between the two would otherwise never be seen.
        Map<InstanceFmri, byte[]> copies = run.labels().all();
        Set<InstanceFmri> known = new HashSet<>(copies.keySet());
        known.addAll(instances.keySet());
        Survey survey = new Survey(run.exits());
        for (InstanceFmri fmri : known) {
            List<byte[]> labels = new ArrayList<>();
            groups.of(fmri).attribute(LABEL).ifPresent(labels::add);
            Optional.ofNullable(copies.get(fmri)).ifPresent(labels::add);
            survey.read(fmri, labels, contracts.getOrDefault(fmri, List.of()));
        }
        List<Found> found = survey.finish();
        watch.begin(contracts.values().stream().flatMap(List::stream).toList(), sink);
        // After all that readiness waits for.
        launcher.prepare();
        return found;
    }

    private List<Watched> reported(InstanceFmri fmri, Cgroup group) throws IOException {
        List<Watched> contracts = new ArrayList<>();
        for (ContractId contract : InstanceGroups.contracts(group)) {
            Watched watched = new Watched(fmri, contract, membership(fmri, contract), Seen.NOBODY);
            watch.report(watched);
            contracts.add(watched);
        }
        return contracts;
    }

    private CgroupMembership membership(InstanceFmri fmri, ContractId contract) {
        return new CgroupMembership(contract, groups.of(fmri, contract));
    }

    @Override public void endBoot(RootRecord last, Ending ending) throws IOException {
        run.ends(new RootFormat(boot.identity(), 0, last), ending);
        if (groups.root().remove()) {
            run.discard();
        }
    }

    @Override public void close() {
        watch.close();
        locks.forEach(ManagerLock::close);
    }
}
