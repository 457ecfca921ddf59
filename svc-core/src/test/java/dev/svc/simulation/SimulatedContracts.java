package dev.svc.simulation;

import dev.svc.contract.Contracts;
import dev.svc.contract.Ending;
import dev.svc.contract.Launch;
import dev.svc.contract.LaunchException;
import dev.svc.contract.RootRecord;
import dev.svc.contract.StoredForms;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Reason;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Group;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The simulated kernel as one manager has it: it may be killed before each operation and between its parts, and what it hears of comes
/// when its watch looks, in the words of the real one (ContractWatch).
final class SimulatedContracts implements Contracts {
    private final SimulatedKernel kernel;
    private final Doom doom;
    private final Deeds deeds;
    private final Trace trace;
    private final boolean cold;
    private final Deque<Runnable> news = new ArrayDeque<>();
    private final Map<ContractId, Watched> watched = new HashMap<>();
    private Consumer<Happening> sink = _ -> {};

    /// Who checks what a manager does.
    interface Deeds {
        default void starting(InstanceFmri fmri, ContractId contract) {
            // as it should be
        }

        default void signalling(InstanceFmri fmri, ContractId contract, String signal) {
            // as it should be
        }
    }

    /// What the watch knows of a contract.
    private static final class Watched {
        private enum Seen {
            NOBODY, SOMEBODY, EMPTIED
        }

        private final InstanceFmri fmri;
        private Seen seen = Seen.NOBODY;
        private boolean recordTold;
        private boolean killed;
        private boolean emptyOwed;
        /// Its launcher is another manager's child, and was seen.
        private boolean adopted;

        Watched(InstanceFmri fmri) {
            this.fmri = fmri;
        }
    }

    SimulatedContracts(SimulatedKernel kernel, Doom doom, Deeds deeds, Trace trace) {
        this.kernel = kernel;
        this.doom = doom;
        this.deeds = deeds;
        this.trace = trace;
        cold = !kernel.bootRecorded;
        doom.step();
        kernel.bootRecorded = true;
        kernel.manager = Optional.of(this);
    }

    // what the watch does

    boolean hasNews() {
        return !news.isEmpty();
    }

    void hear() {
        news.remove().run();
    }

    /// The round of each second: launchers that nobody reports.
    void round() {
        watched.forEach((id, w) -> {
            if (w.adopted && kernel.launcherIn(id).isEmpty()) {
                w.adopted = false;
                news.add(() -> afterLauncher(id, 0));
            }
        });
    }

    void changed(ContractId id) {
        news.add(() -> Optional.ofNullable(watched.get(id)).ifPresent(w -> {
            w.emptyOwed |= w.seen == Watched.Seen.NOBODY;
            look(id, w);
        }));
    }

    void faulted(ContractId id, Reason reason) {
        news.add(() -> Optional.ofNullable(watched.get(id)).ifPresent(w -> tell(w, new Event.MemberFault(id, reason))));
    }

    void recorded(ContractId id) {
        news.add(() -> Optional.ofNullable(watched.get(id)).ifPresent(w -> tellRecord(id, w)));
    }

    void launcherEnded(ContractId id, int status) {
        news.add(() -> afterLauncher(id, status));
    }

    private void afterLauncher(ContractId id, int status) {
        Watched w = watched.get(id);
        if (w == null) {
            return;
        }
        tellRecord(id, w);
        boolean populated = populated(id);
        if (status == 75 && !w.recordTold && w.seen == Watched.Seen.NOBODY && !populated) {
            tell(w, new Event.LaunchFailed(id, "launcher could not join", Event.Severity.RETRYABLE));
            return;
        }
        if (populated && !w.recordTold && !w.killed) {
            tell(w, new Event.LauncherLost(id));
        }
        w.emptyOwed |= w.seen == Watched.Seen.NOBODY;
        look(id, w);
    }

    private void look(ContractId id, Watched w) {
        if (populated(id)) {
            w.seen = Watched.Seen.SOMEBODY;
            w.emptyOwed = false;
            return;
        }
        tellRecord(id, w);
        boolean wasInside = w.seen == Watched.Seen.SOMEBODY || w.seen == Watched.Seen.NOBODY && w.recordTold;
        if (wasInside || w.emptyOwed) {
            w.seen = Watched.Seen.EMPTIED;
            w.emptyOwed = false;
            tell(w, new Event.ContractEmptied(id));
        }
    }

    private void tellRecord(ContractId id, Watched w) {
        Optional<Integer> status = Optional.ofNullable(kernel.records.get(id))
                .or(() -> kernel.contract(id).flatMap(c -> c.recordBeside));
        if (!w.recordTold && status.isPresent()) {
            w.recordTold = true;
            tell(w, new Event.MethodExited(id, WaitStatus.ofShell(status.get())));
        }
    }

    private boolean populated(ContractId id) {
        return kernel.contract(id).filter(Contract::populated).isPresent();
    }

    private void tell(Watched w, Event event) {
        trace.effect("tell", event);
        sink.accept(new Happening(w.fmri, event));
    }

    // what the manager does

    @Override public Containment containment() {
        return Containment.CGROUP;
    }

    @Override public RootRecord root() {
        return StoredForms.root(kernel.root, kernel.rootCopy).orElse(kernel.saidNothing);
    }

    @Override public void writeRoot(RootRecord record) throws IOException {
        doom.step();
        byte[] line = StoredForms.root(record, kernel.root, kernel.rootCopy);
        trace.effect("root", record, line);
        boolean written = false;
        if (kernel.refusedAttributes > 0) {
            kernel.refusedAttributes--;
        } else {
            kernel.root = line;
            written = true;
        }
        doom.step();
        if (kernel.refusedFiles > 0) {
            kernel.refusedFiles--;
            kernel.rootCopy = written ? null : kernel.rootCopy;
        } else {
            kernel.rootCopy = line;
            // What could not be written is withdrawn once the other has it.
            kernel.root = written ? kernel.root : null;
            written = true;
        }
        doom.step();
        if (!written) {
            throw new IOException("No space left on device");
        }
    }

    @Override public boolean coldBoot() {
        return cold;
    }

    @Override public List<Found> surveyAndWatch(Consumer<Happening> to) {
        sink = to;
        List<Found> found = kernel.survey();
        for (Group group : kernel.groups.values()) {
            for (Contract contract : group.contracts.values()) {
                Watched w = new Watched(group.fmri);
                w.seen = contract.populated() ? Watched.Seen.SOMEBODY : Watched.Seen.NOBODY;
                w.recordTold = kernel.records.containsKey(contract.id) || contract.recordBeside.isPresent();
                w.adopted = !w.recordTold && contract.has(SimulatedKernel.Kind.LAUNCHER);
                watched.put(contract.id, w);
            }
        }
        doom.step();
        return found;
    }

    @Override public void writeLabel(Label label) throws IOException {
        doom.step();
        byte[] line = StoredForms.label(label);
        trace.effect("label", label, line);
        String fmri = label.fmri().toString();
        boolean written = false;
        if (kernel.refusedAttributes > 0) {
            kernel.refusedAttributes--;
        } else {
            if (!kernel.groups.containsKey(fmri)) {
                kernel.groups.put(fmri, new Group(label.fmri()));
                doom.step();
            }
            kernel.groups.get(fmri).label = line;
            written = true;
        }
        doom.step();
        if (kernel.refusedFiles > 0) {
            kernel.refusedFiles--;
            if (written) {
                kernel.copies.remove(fmri);
            }
        } else {
            kernel.copies.put(fmri, line);
            if (!written) {
                Optional.ofNullable(kernel.groups.get(fmri)).ifPresent(group -> group.label = null);
            }
            written = true;
        }
        doom.step();
        if (!written) {
            throw new IOException("No space left on device");
        }
    }

    @Override public List<Damage> scrubLabel(Label label) {
        byte[] line = StoredForms.label(label);
        String fmri = label.fmri().toString();
        List<Damage> damage = new ArrayList<>();
        // An older copy may be all that was left when the other was damaged.
        kernel.label(label.fmri()).filter(stored -> stored.revision() >= label.revision() && !stored.equals(label)).ifPresent(stored -> {
            throw new AssertionError("memory is not what is stored: " + label + " / " + stored);
        });
        Group group = kernel.groups.computeIfAbsent(fmri, _ -> new Group(label.fmri()));
        if (!Arrays.equals(group.label, line)) {
            doom.step();
            trace.effect("scrubbed label", label, line);
            group.label = line;
            damage.add(new Damage("cgroup", "was damaged"));
        }
        if (!Arrays.equals(kernel.copies.get(fmri), line)) {
            doom.step();
            trace.effect("scrubbed copy", label, line);
            kernel.copies.put(fmri, line);
            damage.add(new Damage("run/svc/label", "was damaged"));
        }
        return damage;
    }

    @Override public List<Damage> scrubRoot(RootRecord record) {
        byte[] line = StoredForms.lastRoot(record, kernel.root, kernel.rootCopy);
        List<Damage> damage = new ArrayList<>();
        if (!Arrays.equals(kernel.root, line)) {
            doom.step();
            trace.effect("scrubbed root", record, line);
            kernel.root = line;
            damage.add(new Damage("cgroup", "was damaged"));
        }
        if (!Arrays.equals(kernel.rootCopy, line)) {
            doom.step();
            trace.effect("scrubbed copy of root", record, line);
            kernel.rootCopy = line;
            damage.add(new Damage("run/svc/root", "was damaged"));
        }
        return damage;
    }

    @Override public void removeGroup(InstanceFmri fmri) throws IOException {
        doom.step();
        trace.effect("remove", fmri);
        kernel.copies.remove(fmri.toString());
        doom.step();
        Group group = kernel.groups.get(fmri.toString());
        if (group != null && !group.contracts.isEmpty()) {
            if (group.contracts.values().stream().anyMatch(Contract::populated)) {
                throw new IOException(fmri + ": group cannot be removed: processes are inside");
            }
            group.contracts.values().forEach(c -> c.exists = false);
        }
        kernel.groups.remove(fmri.toString());
        doom.step();
    }

    @Override public void create(InstanceFmri fmri, ContractId id) throws IOException {
        doom.step();
        trace.effect("create", id);
        if (kernel.contracts.containsKey(id)) {
            throw new AssertionError("contract " + id + " is made again");
        }
        Group group = kernel.groups.computeIfAbsent(fmri.toString(), _ -> new Group(fmri));
        Contract contract = new Contract(fmri, id);
        group.contracts.put(id, contract);
        kernel.contracts.put(id, contract);
        watched.put(id, new Watched(fmri));
        deeds.starting(fmri, id);
        doom.step();
    }

    @Override public void launch(Launch launch) throws LaunchException {
        doom.step();
        trace.effect("launch", launch.method() + " " + launch.contract());
        if (kernel.launchers.size() > 200) {
            throw new LaunchException("Resource temporarily unavailable", Event.Severity.RETRYABLE);
        }
        kernel.launchers.add(new SimulatedKernel.Launching(launch, this));
        doom.step();
    }

    @Override public void signal(InstanceFmri fmri, ContractId id, String signal) {
        doom.step();
        trace.effect(signal, id);
        kernel.contract(id).ifPresent(c -> {
            deeds.signalling(fmri, id, signal);
            kernel.signal(c, signal);
        });
        doom.step();
    }

    @Override public void kill(InstanceFmri fmri, ContractId id) {
        doom.step();
        trace.effect("kill", id);
        news.add(() -> Optional.ofNullable(watched.get(id)).ifPresent(w -> w.killed = true));
        kernel.contract(id).filter(Contract::populated).ifPresent(c -> {
            deeds.signalling(fmri, id, "KILL");
            kernel.sigkill(c);
        });
        doom.step();
    }

    @Override public boolean revoke(InstanceFmri fmri, ContractId id) {
        doom.step();
        trace.effect("revoke", id);
        Optional<Contract> contract = kernel.contract(id);
        if (contract.isPresent()) {
            if (contract.get().populated()) {
                news.add(() -> Optional.ofNullable(watched.get(id)).ifPresent(w -> {
                    w.emptyOwed = true;
                    look(id, w);
                }));
                return false;
            }
            contract.get().exists = false;
            kernel.groups.get(fmri.toString()).contracts.remove(id);
        }
        news.add(() -> watched.remove(id));
        doom.step();
        return true;
    }

    @Override public void dropExitRecord(ContractId id) {
        doom.step();
        trace.effect("drop", id);
        kernel.records.remove(id);
        Optional.ofNullable(kernel.contracts.get(id)).ifPresent(c -> c.recordBeside = Optional.empty());
    }

    @Override public List<Member> members(InstanceFmri fmri, ContractId contract) {
        return List.of();
    }

    @Override public void endBoot(RootRecord last, Ending ending) {
        doom.step();
        trace.effect("end of boot", ending);
        kernel.lastEnding = Optional.of(ending);
        doom.step();
        if (kernel.groups.values().stream().flatMap(g -> g.contracts.values().stream()).noneMatch(Contract::populated)) {
            kernel.groups.values().forEach(g -> g.contracts.values().forEach(c -> c.exists = false));
            kernel.groups.clear();
            kernel.root = null;
            doom.step();
            kernel.saidNothing = StoredForms.saidNothing(last);
            kernel.copies.clear();
            kernel.records.clear();
            doom.step();
            kernel.rootCopy = null;
            doom.step();
            kernel.bootRecorded = false;
        }
        doom.step();
    }

    @Override public void close() {
        // the locks go with the process
    }
}
