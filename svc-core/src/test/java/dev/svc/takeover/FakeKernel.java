package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Found.FoundContract;
import dev.svc.restarter.Found.Reading;
import dev.svc.restarter.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What outlives a manager: contracts with their processes, launchers, exit records and labels. Nothing happens here by itself; a test
/// says what happens next, and the manager, while there is one, hears of it.
final class FakeKernel {
    /// Who hears of events; replaced when the manager dies.
    interface Sink {
        void happened(InstanceFmri fmri, Event event);
    }

    /// One contract.
    static final class Contract {
        final InstanceFmri fmri;
        final ContractId id;
        String method = "";
        boolean exists = true;
        /// A launcher was spawned and has not joined yet.
        boolean launching;
        boolean launcher;
        /// The launcher's method still runs.
        boolean running;
        /// Processes beside launcher and method.
        boolean others;
        boolean visible = true;

        Contract(InstanceFmri fmri, ContractId id) {
            this.fmri = fmri;
            this.id = id;
        }

        boolean populated() {
            return launcher || running || others;
        }

        @Override public String toString() {
            return id + (exists ? "" : " gone") + " " + method + (launching ? " launching" : "") + (launcher ? " launcher" : "")
                    + (running ? " running" : "") + (others ? " others" : "");
        }
    }

    final Map<ContractId, Contract> contracts = new TreeMap<>();
    final Map<ContractId, WaitStatus> exits = new TreeMap<>();
    final Map<InstanceFmri, Label> labels = new HashMap<>();
    final Set<InstanceFmri> unreadable = new HashSet<>();
    private final Set<InstanceFmri> groups = new HashSet<>();
    private ContractId nextContract = new ContractId(1);
    private Sink sink = (_, _) -> {};

    void heardBy(Sink manager) {
        sink = manager;
    }

    ContractId nextContract() {
        return nextContract;
    }

    // what a manager does

    void writeLabel(Label label) {
        groups.add(label.fmri());
        unreadable.remove(label.fmri());
        labels.put(label.fmri(), label);
        label.phase().contracts().forEach(this::taken);
    }

    Contract create(InstanceFmri fmri, ContractId id) {
        if (contracts.containsKey(id)) {
            throw new AssertionError("contract " + id + " is made again");
        }
        taken(id);
        Contract contract = new Contract(fmri, id);
        groups.add(fmri);
        contracts.put(id, contract);
        return contract;
    }

    // The next id is above everything found, labels too: one may have announced a contract that was never made.
    private void taken(ContractId id) {
        if (id.compareTo(nextContract) >= 0) {
            nextContract = id.next();
        }
    }

    void launch(ContractId id, String method) {
        Contract contract = contracts.get(id);
        contract.method = method;
        contract.launching = true;
    }

    void kill(ContractId id) {
        Contract contract = contracts.get(id);
        if (contract != null && contract.populated()) {
            contract.launcher = false;
            contract.running = false;
            contract.others = false;
            emptied(contract);
        }
    }

    boolean revoke(ContractId id) {
        Contract contract = contracts.get(id);
        if (contract == null || !contract.exists) {
            return true;
        }
        if (contract.populated()) {
            return false;
        }
        contract.exists = false;
        return true;
    }

    void dropExitRecord(ContractId id) {
        exits.remove(id);
    }

    void removeGroup(InstanceFmri fmri) {
        for (Contract contract : contracts.values()) {
            if (contract.fmri.equals(fmri) && contract.exists) {
                throw new AssertionError("the group of " + fmri + " is removed with contract " + contract);
            }
        }
        labels.remove(fmri);
        unreadable.remove(fmri);
        groups.remove(fmri);
    }

    List<Found> survey() {
        List<Found> all = new ArrayList<>();
        for (InstanceFmri fmri : groups) {
            boolean lost = unreadable.contains(fmri);
            Optional<Label> label = lost ? Optional.empty() : Optional.ofNullable(labels.get(fmri));
            Reading reading = lost ? Reading.UNREADABLE : label.isPresent() ? Reading.INTACT : Reading.NONE;
            List<FoundContract> found = contracts.values().stream()
                    .filter(c -> c.fmri.equals(fmri) && (c.exists || exits.containsKey(c.id)))
                    .map(c -> new FoundContract(
                            c.id, c.exists, c.populated(), c.launcher, c.visible, Optional.ofNullable(exits.get(c.id))))
                    .toList();
            all.add(new Found(fmri, label, reading, found));
        }
        return all;
    }

    // what happens

    /// The launcher joins the contract and runs the method, or finds the contract revoked and leaves. Yields whether it joined.
    boolean join(Contract contract) {
        contract.launching = false;
        if (!contract.exists) {
            sink.happened(contract.fmri, new Event.LaunchFailed(contract.id, "exit 75", Event.Severity.RETRYABLE));
            return false;
        }
        contract.launcher = true;
        contract.running = true;
        sink.happened(contract.fmri, new Event.Launched(contract.id));
        return true;
    }

    /// The launcher is killed before it could join.
    void launcherDiesOutside(Contract contract) {
        contract.launching = false;
        sink.happened(contract.fmri, new Event.LaunchFailed(contract.id, "launcher was killed", Event.Severity.RETRYABLE));
    }

    /// The method ends, and its launcher writes the exit record.
    void exit(Contract contract, WaitStatus status) {
        contract.running = false;
        exits.put(contract.id, status);
        sink.happened(contract.fmri, new Event.MethodExited(contract.id, status));
    }

    /// The launcher, which wrote its record, leaves.
    void leave(Contract contract) {
        contract.launcher = false;
        emptiedIfSo(contract);
    }

    /// The launcher is killed while its method runs on.
    void launcherDiesInside(Contract contract) {
        contract.launcher = false;
        contract.running = false;
        contract.others = true;
        sink.happened(contract.fmri, new Event.LauncherLost(contract.id));
    }

    void othersDie(Contract contract) {
        contract.others = false;
        emptiedIfSo(contract);
    }

    private void emptiedIfSo(Contract contract) {
        if (!contract.populated()) {
            emptied(contract);
        }
    }

    private void emptied(Contract contract) {
        sink.happened(contract.fmri, new Event.ContractEmptied(contract.id));
    }
}
