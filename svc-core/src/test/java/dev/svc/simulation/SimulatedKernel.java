package dev.svc.simulation;

import dev.svc.contract.Ending;
import dev.svc.contract.Launch;
import dev.svc.contract.RootRecord;
import dev.svc.contract.StoredForms;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Reason;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.WeakHashMap;

/// What outlives managers until the machine is booted: cgroups with their processes and attributes, and what is on tmpfs.
///
/// Nothing happens by itself: the scenario says what happens next, and the manager that lives hears of it when its watch looks.
final class SimulatedKernel {
    /// The group of an instance.
    static final class Group {
        final InstanceFmri fmri;
        byte[] label;
        final Map<ContractId, Contract> contracts = new TreeMap<>();

        Group(InstanceFmri fmri) {
            this.fmri = fmri;
        }
    }

    /// A contract's group.
    static final class Contract {
        final InstanceFmri fmri;
        final ContractId id;
        final List<Process> processes = new ArrayList<>();
        boolean exists = true;
        /// The group beside it that is its exit record, when tmpfs could not take that.
        Optional<Integer> recordBeside = Optional.empty();

        Contract(InstanceFmri fmri, ContractId id) {
            this.fmri = fmri;
            this.id = id;
        }

        boolean populated() {
            return !processes.isEmpty();
        }

        boolean has(Kind kind) {
            return processes.stream().anyMatch(p -> p.kind == kind);
        }

        @Override public String toString() {
            return fmri.service() + "/" + id + (exists ? "" : " gone") + processes;
        }
    }

    enum Kind {
        LAUNCHER, METHOD, MEMBER
    }

    /// A process, by nature.
    static final class Process {
        final long pid;
        final Kind kind;
        /// Ends by no signal but SIGKILL.
        boolean stubborn;
        /// In an uninterruptible sleep: outlives the first SIGKILL.
        boolean sleeping;

        Process(long pid, Kind kind) {
            this.pid = pid;
            this.kind = kind;
        }

        @Override public String toString() {
            return kind.name().charAt(0) + "" + pid + (stubborn ? "!" : "") + (sleeping ? "z" : "");
        }
    }

    /// A launcher that was spawned, until it ends.
    static final class Launching {
        final Launch launch;
        /// The manager that spawned it, and hears of its end if it lives.
        final SimulatedContracts parent;
        boolean inside;
        /// How the method ended; its record is to be written next.
        Optional<Integer> status = Optional.empty();
        boolean recorded;

        Launching(Launch launch, SimulatedContracts parent) {
            this.launch = launch;
            this.parent = parent;
        }

        @Override public String toString() {
            return launch.method() + " " + launch.contract() + (inside ? " inside" : "") + status.map(s -> " status " + s).orElse("")
                    + (recorded ? " recorded" : "");
        }
    }

    final Map<String, Group> groups = new TreeMap<>();
    final Map<ContractId, Integer> records = new TreeMap<>();
    final Map<String, byte[]> copies = new TreeMap<>();
    /// Every contract that ever was made this boot.
    final Map<ContractId, Contract> contracts = new TreeMap<>();
    final List<Launching> launchers = new ArrayList<>();
    byte[] root;
    byte[] rootCopy;
    /// What a root says that never said anything.
    RootRecord saidNothing = RootRecord.NONE;
    boolean bootRecorded;
    Optional<Ending> lastEnding = Optional.empty();
    /// Attributes, then files on tmpfs, that cannot be written just now.
    int refusedAttributes;
    int refusedFiles;
    /// What was read once; stored bytes are replaced, never changed.
    private final Map<byte[], Optional<Label>> understood = new WeakHashMap<>();
    private long pids = 100;
    Optional<SimulatedContracts> manager = Optional.empty();
    private final Listener listener;

    /// Who checks what happens.
    interface Listener {
        /// A launcher joins its contract, and the method runs.
        void joined(Launching launching, Contract contract);

        /// Something that is no doing of the manager's happened to an instance.
        void disturbed(InstanceFmri fmri, String how);
    }

    SimulatedKernel(Listener listener) {
        this.listener = listener;
    }

    /// Everything but the disk is gone.
    void boot() {
        groups.clear();
        records.clear();
        copies.clear();
        contracts.clear();
        launchers.clear();
        root = null;
        rootCopy = null;
        saidNothing = RootRecord.NONE;
        bootRecorded = false;
        lastEnding = Optional.empty();
        manager = Optional.empty();
    }

    /// Whether no copy of the root's record can be read.
    boolean rootIsLost() {
        return StoredForms.root(root, rootCopy).isEmpty();
    }

    Optional<Contract> contract(ContractId id) {
        return Optional.ofNullable(contracts.get(id)).filter(c -> c.exists);
    }

    /// The label that the next manager would read.
    Optional<Label> label(InstanceFmri fmri) {
        Optional<Label> newest = Optional.empty();
        for (byte[] copy : labelCopies(fmri)) {
            Optional<Label> label = understood.computeIfAbsent(copy, c -> StoredForms.found(fmri, List.of(c), List.of()).label());
            if (label.isPresent() && (newest.isEmpty() || label.get().revision() > newest.get().revision())) {
                newest = label;
            }
        }
        return newest;
    }

    List<byte[]> labelCopies(InstanceFmri fmri) {
        List<byte[]> all = new ArrayList<>();
        Optional.ofNullable(groups.get(fmri.toString())).map(g -> g.label).ifPresent(all::add);
        Optional.ofNullable(copies.get(fmri.toString())).ifPresent(all::add);
        return all;
    }

    List<Contract> living(InstanceFmri fmri) {
        return contracts.values().stream().filter(c -> c.exists && c.fmri.equals(fmri)).toList();
    }

    // what processes do

    void join(Launching one) {
        Optional<Contract> contract = contract(one.launch.contract());
        if (contract.isEmpty()) {
            end(one, 75);
            return;
        }
        one.inside = true;
        contract.get().processes.add(new Process(++pids, Kind.LAUNCHER));
        contract.get().processes.add(new Process(++pids, Kind.METHOD));
        listener.joined(one, contract.get());
        changed(contract.get());
    }

    void fork(Contract contract, boolean stubborn, boolean sleeping) {
        Process member = new Process(++pids, Kind.MEMBER);
        member.stubborn = stubborn;
        member.sleeping = sleeping;
        contract.processes.add(member);
    }

    /// The method's own process ends; its launcher is still there.
    void methodEnds(Launching one, int status) {
        contract(one.launch.contract()).ifPresent(c -> c.processes.removeIf(p -> p.kind == Kind.METHOD));
        one.status = Optional.of(status);
    }

    /// The launcher writes what its method ended with.
    void record(Launching one) {
        one.recorded = true;
        ContractId id = one.launch.contract();
        if (refusedFiles > 0) {
            contract(id).ifPresent(c -> c.recordBeside = one.status);
        } else {
            records.put(id, one.status.orElseThrow());
            manager.ifPresent(m -> m.recorded(id));
        }
    }

    /// The launcher ends.
    void end(Launching one, int status) {
        launchers.remove(one);
        if (one.inside) {
            contract(one.launch.contract()).ifPresent(c -> {
                c.processes.removeIf(p -> p.kind == Kind.LAUNCHER);
                changed(c);
            });
        }
        manager.filter(one.parent::equals).ifPresent(m -> m.launcherEnded(one.launch.contract(), status));
    }

    /// Somebody kills the launcher; the method, if it runs, goes on.
    void launcherKilled(Launching one) {
        listener.disturbed(one.launch.fmri(), "launcher killed");
        if (one.inside && one.status.isEmpty()) {
            contract(one.launch.contract()).ifPresent(c -> {
                if (c.processes.removeIf(p -> p.kind == Kind.METHOD)) {
                    fork(c, false, false);
                }
            });
        }
        end(one, 137);
    }

    /// A process ends by itself, or by somebody's signal.
    void dies(Contract contract, Process process) {
        contract.processes.remove(process);
        changed(contract);
    }

    /// It dumps core, or dies of a signal from outside: a manager that lives is told how.
    void faults(Contract contract, Process process, Reason reason) {
        contract.processes.remove(process);
        manager.ifPresent(m -> m.faulted(contract.id, reason));
        changed(contract);
    }

    void changed(Contract contract) {
        manager.ifPresent(m -> m.changed(contract.id));
    }

    Optional<Launching> launcherIn(ContractId id) {
        return launchers.stream().filter(l -> l.inside && l.launch.contract().equals(id)).findFirst();
    }

    // what a manager has the kernel do

    void sigkill(Contract contract) {
        for (Process process : List.copyOf(contract.processes)) {
            if (process.sleeping) {
                process.sleeping = false;
            } else {
                contract.processes.remove(process);
                if (process.kind == Kind.LAUNCHER) {
                    launcherIn(contract.id).ifPresent(l -> {
                        launchers.remove(l);
                        manager.filter(l.parent::equals).ifPresent(m -> m.launcherEnded(contract.id, 137));
                    });
                }
            }
        }
        changed(contract);
    }

    void signal(Contract contract, String signal) {
        boolean deadly = !signal.equals("HUP");
        for (Process process : List.copyOf(contract.processes)) {
            if (!deadly || process.stubborn || process.sleeping) {
                continue;
            }
            switch (process.kind) {
                case MEMBER -> contract.processes.remove(process);
                case METHOD -> launcherIn(contract.id).ifPresent(l -> methodEnds(l, 143));
                case LAUNCHER -> {}
            }
        }
        changed(contract);
    }

    /// What a manager finds.
    List<Found> survey() {
        Map<String, InstanceFmri> known = new TreeMap<>();
        groups.values().forEach(g -> known.put(g.fmri.toString(), g.fmri));
        copies.keySet().forEach(f -> known.put(f, InstanceFmri.parse(f)));
        List<Found> all = new ArrayList<>();
        List<ContractId> spoken = new ArrayList<>();
        for (InstanceFmri fmri : known.values()) {
            List<Found.FoundContract> found = new ArrayList<>();
            Group group = groups.get(fmri.toString());
            if (group != null) {
                for (Contract contract : group.contracts.values()) {
                    Optional<Integer> status = Optional.ofNullable(records.get(contract.id)).or(() -> contract.recordBeside);
                    found.add(new Found.FoundContract(contract.id, true, contract.populated(), contract.has(Kind.LAUNCHER), true,
                            status.map(WaitStatus::ofShell)));
                    spoken.add(contract.id);
                }
            }
            List<byte[]> stored = labelCopies(fmri);
            Found bare = StoredForms.found(fmri, stored, List.of());
            bare.label().map(l -> l.phase().contracts()).orElse(List.of()).stream()
                    .filter(c -> !spoken.contains(c) && records.containsKey(c)).forEach(c -> {
                        found.add(new Found.FoundContract(c, false, false, false, true,
                                Optional.of(WaitStatus.ofShell(records.get(c)))));
                        spoken.add(c);
                    });
            all.add(new Found(fmri, bare.label(), bare.reading(), found));
        }
        records.keySet().retainAll(spoken);
        return all;
    }

    /// A copy of a label is damaged. Yields whether what it said last is lost: no copy is intact, or only one that could not be written
    /// the last time, or was not yet.
    boolean damageLabel(InstanceFmri fmri, boolean both, SplittableRandom dice) {
        Group group = groups.get(fmri.toString());
        boolean first = dice.nextBoolean();
        Optional<Label> before = label(fmri);
        if (group != null && group.label != null && (both || first)) {
            group.label = damaged(group.label, dice);
        }
        if (copies.containsKey(fmri.toString()) && (both || !first)) {
            copies.put(fmri.toString(), damaged(copies.get(fmri.toString()), dice));
        }
        return !label(fmri).equals(before);
    }

    /// A copy of the root's record is damaged, or both. Yields whether what it said last is lost; nothing is done to copies that differ.
    boolean damageRoot(boolean both, SplittableRandom dice) {
        if (root == null || rootCopy == null || !Arrays.equals(root, rootCopy)) {
            return false;
        }
        boolean first = dice.nextBoolean();
        if (both || first) {
            root = dice.nextBoolean() ? null : damaged(root, dice);
        }
        if (both || !first) {
            rootCopy = dice.nextBoolean() ? null : damaged(rootCopy, dice);
        }
        return both;
    }

    private static byte[] damaged(byte[] whole, SplittableRandom dice) {
        if (whole.length == 0 || dice.nextBoolean()) {
            return Arrays.copyOf(whole, whole.length / 2);
        }
        byte[] data = whole.clone();
        data[dice.nextInt(data.length)] ^= (byte) (1 << dice.nextInt(8));
        return data;
    }

    List<InstanceFmri> known() {
        return groups.values().stream().map(g -> g.fmri).sorted(Comparator.comparing(InstanceFmri::toString)).toList();
    }
}
