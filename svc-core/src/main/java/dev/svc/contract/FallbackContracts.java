package dev.svc.contract;

import dev.svc.contract.Watched.Seen;
import dev.svc.fmri.InstanceFmri;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.Signal;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Contracts without cgroups, for whoever may write none: a contract is populated if somebody holds its lock, carries its cookie, or
/// descends from one who did.
///
/// Known hole: a daemon that closes all descriptors, wipes its environment and forks twice between two scans, which are a second apart,
/// escapes. Labels have one copy only, the one on tmpfs.
final class FallbackContracts implements Contracts {
    private final SvcRoot root;
    private final RunDirectory run;
    private final Launcher launcher;
    private final ContractWatch watch;
    private final Boot boot;
    private final List<ManagerLock> locks;
    private final LockDirectory places;
    private final Cookie cookie;
    private final KnownProcesses known;
    private final Copies<InstanceFmri> labels;
    private final Copies<Boot> rootRecord;

    FallbackContracts(SvcRoot root, RunDirectory run, Launcher launcher, Boot boot, List<ManagerLock> locks) {
        this.root = root;
        this.run = run;
        this.launcher = launcher;
        this.boot = boot;
        this.locks = List.copyOf(locks);
        this.places = run.contracts();
        this.cookie = new Cookie(root);
        this.known = new KnownProcesses(cookie, places);
        this.watch = new ContractWatch(run.exits(), known::scan);
        this.labels = new Copies<>(List.of(run.labels().place()));
        this.rootRecord = new Copies<>(List.of(run.rootPlace()));
    }

    /// Whether any contract of the root has a process, before it is opened.
    static boolean isAnyPopulated(SvcRoot root, RunDirectory run) throws IOException {
        KnownProcesses known = new KnownProcesses(new Cookie(root), run.contracts());
        for (ContractId contract : run.contracts().all().keySet()) {
            known.recall(contract);
            if (new LockMembership(contract, run.contracts(), known).isPopulated()) {
                return true;
            }
        }
        return false;
    }

    @Override public Containment containment() {
        return Containment.FALLBACK;
    }

    @Override public boolean coldBoot() {
        return boot.cold();
    }

    @Override public RootRecord root() throws IOException {
        Optional<RootFormat> known = run.root();
        return known.isPresent() ? known.get().record() : run.saidNothing();
    }

    @Override public void writeRoot(RootRecord record) throws IOException {
        rootRecord.write(boot, new RootFormat(boot.identity(), 0, record).bytes());
    }

    @Override public List<Damage> scrubRoot(RootRecord record) {
        RootFormat last = new RootFormat(boot.identity(), 0, record);
        return rootRecord.scrub(boot, last.bytes(), last::isSaidBy);
    }

    @Override public void writeLabel(Label label) throws IOException {
        labels.write(label.fmri(), LabelFormat.bytes(label));
    }

    @Override public List<Damage> scrubLabel(Label label) {
        return labels.scrub(label.fmri(), LabelFormat.bytes(label), line -> LabelFormat.isSaidBy(line, label));
    }

    @Override public void removeGroup(InstanceFmri fmri) throws IOException {
        run.labels().remove(fmri);
        labels.forget(fmri);
    }

    @Override public void create(InstanceFmri fmri, ContractId contract) throws IOException {
        places.create(fmri, contract);
        Watched watched = new Watched(fmri, contract, membership(contract), Seen.NOBODY);
        watch.report(watched);
        watch.add(watched);
    }

    @Override public void launch(Launch launch) throws LaunchException {
        ContractId contract = launch.contract();
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put(Cookie.VARIABLE, cookie.value(contract));
        Launch marked = new Launch(
                launch.fmri(), contract, launch.method(), launch.command(), launch.context(), environment, launch.session());
        launcher.spawn(marked, new LaunchPlace(contract, places.file(contract), LaunchPlace.Mode.LOCK)).end()
                .thenAccept(status -> watch.launcherEnded(contract, status));
    }

    @Override public void signal(InstanceFmri fmri, ContractId contract, String signal) throws IOException {
        Signal wanted = Signal.named(signal).orElseThrow(() -> new IOException("there is no signal " + signal));
        Membership membership = membership(contract);
        Signalling.send(() -> Launcher.without(membership.pids(), contract, wanted), wanted);
    }

    @Override public void kill(InstanceFmri fmri, ContractId contract) throws IOException {
        watch.killed(contract);
        Signalling.send(membership(contract)::pids, Signal.KILL);
    }

    @Override public boolean revoke(InstanceFmri fmri, ContractId contract) throws IOException {
        boolean revoked = known.isRemoved(contract);
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
            return Processes.members(known.scanned(contract).stream().map(ProcessIdentity::pid).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override public List<Found> surveyAndWatch(Consumer<Happening> sink) throws IOException {
        watch.watchExits();
        Map<InstanceFmri, List<Watched>> contracts = new HashMap<>();
        for (Map.Entry<ContractId, InstanceFmri> place : places.all().entrySet()) {
            ContractId contract = place.getKey();
            known.recall(contract);
            Watched watched = new Watched(place.getValue(), contract, membership(contract), Seen.NOBODY);
            watch.report(watched);
            contracts.computeIfAbsent(place.getValue(), _ -> new ArrayList<>()).add(watched);
        }
        known.scan();
        Map<InstanceFmri, byte[]> copies = run.labels().all();
        Set<InstanceFmri> instances = new HashSet<>(copies.keySet());
        instances.addAll(contracts.keySet());
        Survey survey = new Survey(run.exits());
        for (InstanceFmri fmri : instances) {
            List<byte[]> label = Optional.ofNullable(copies.get(fmri)).map(List::of).orElse(List.of());
            survey.read(fmri, label, contracts.getOrDefault(fmri, List.of()));
        }
        List<Found> found = survey.finish();
        watch.begin(contracts.values().stream().flatMap(List::stream).toList(), sink);
        // After all that readiness waits for.
        launcher.prepare();
        return found;
    }

    private LockMembership membership(ContractId contract) {
        return new LockMembership(contract, places, known);
    }

    @Override public void endBoot(RootRecord last, Ending ending) throws IOException {
        run.ends(new RootFormat(boot.identity(), 0, last), ending);
        if (!isAnyPopulated(root, run)) {
            run.discard();
        }
    }

    @Override public void close() {
        watch.close();
        locks.forEach(ManagerLock::close);
    }

    @Override public String toString() {
        return "contracts of " + root + " without cgroups";
    }
}
