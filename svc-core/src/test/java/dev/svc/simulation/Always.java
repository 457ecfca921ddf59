package dev.svc.simulation;

import static dev.svc.simulation.Scenario.require;

import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What must hold always, whatever happens: a method joins a contract that the label names (I2); a start method does so only when every
/// older contract of its instance is revoked (I3); nothing is signalled, and no one-shot runs again, unless something happened since its
/// start that may be the cause (I8); what is populated is named.
final class Always implements SimulatedKernel.Listener, SimulatedContracts.Deeds {
    private final Scenario scenario;
    private final Causes causes;
    private final Map<ContractId, Born> born = new HashMap<>();
    private final Map<InstanceFmri, Signalled> toJustify = new LinkedHashMap<>();
    private final Map<InstanceFmri, Long> trying = new HashMap<>();
    private final Map<InstanceFmri, Long> succeeded = new HashMap<>();
    private final Map<InstanceFmri, String> shown = new HashMap<>();

    private record Born(long when, String method) {}

    /// @param born when what is signalled was started
    private record Signalled(String signal, long born) {}

    Always(Scenario scenario, Causes causes) {
        this.scenario = scenario;
        this.causes = causes;
    }

    // what happens

    @Override public void disturbed(InstanceFmri fmri, String how) {
        causes.from(fmri, how);
    }

    @Override public void starting(InstanceFmri fmri, ContractId contract) {
        causes.concernsDependents(fmri);
        // What happened since the first try, or was asked before and waits, acts on the last one.
        boolean waits = scenario.administrator.waits()
                || scenario.kernel.label(fmri).filter(l -> !l.pending().isEmpty()).isPresent();
        long when = trying.computeIfAbsent(fmri, _ -> scenario.now());
        born.put(contract, new Born(waits ? Math.min(when, causes.last(fmri)) : when, ""));
    }

    @Override public void signalling(InstanceFmri fmri, ContractId id, String signal) {
        scenario.tell("%s to %s", signal, id);
        Born of = born.get(id);
        if (signal.equals("HUP") || of == null || !of.method().equals("start")) {
            return;
        }
        // What changed in this very turn is not known before its end.
        toJustify.put(fmri, new Signalled(signal, of.when()));
    }

    @Override public void joined(Launching launching, Contract contract) {
        InstanceFmri fmri = contract.fmri;
        String method = launching.launch.method();
        Born of = born.get(contract.id);
        born.put(contract.id, new Born(of.when(), method));
        Optional<Label> label = scenario.kernel.label(fmri);
        require(label.isEmpty() || label.get().phase().contracts().contains(contract.id),
                () -> "I2: " + contract + " is entered and the label is " + label.get());
        if (method.equals("start")) {
            for (Contract older : scenario.kernel.living(fmri)) {
                require(older.id.compareTo(contract.id) >= 0, () -> "I3: " + contract + " is entered beside " + older);
            }
            if (scenario.site.service(fmri).model() == ServiceModel.TRANSIENT && scenario.model(launching) == ServiceModel.TRANSIENT) {
                Long success = succeeded.get(fmri);
                require(success == null || causes.isAnySince(fmri, success),
                        () -> "a one-shot that succeeded runs again: " + contract);
            }
        }
    }

    /// The method of a start ended well.
    void succeeded(InstanceFmri fmri, ContractId contract) {
        boolean waitedFor = scenario.kernel.label(fmri)
                .filter(l -> l.phase() instanceof Phase.Starting s && s.ending().isEmpty()).isPresent();
        if (waitedFor) {
            succeeded.put(fmri, born.get(contract).when());
        }
    }

    void managerDied() {
        toJustify.clear();
    }

    void forgetBoot() {
        born.clear();
        succeeded.clear();
        shown.clear();
    }

    /// Whether a start method joined a contract above `highest`.
    boolean startedAbove(InstanceFmri fmri, long highest) {
        return born.entrySet().stream().anyMatch(b -> b.getKey().value() > highest && b.getValue().method().equals("start")
                && scenario.kernel.contracts.containsKey(b.getKey()) && scenario.kernel.contracts.get(b.getKey()).fmri.equals(fmri));
    }

    // what is checked after each move

    void check() {
        noteChanges();
        checkSignalled();
        checkContracts();
    }

    /// What changed its state may concern others.
    private void noteChanges() {
        if (scenario.hasNoManager()) {
            return;
        }
        for (InstanceFmri fmri : scenario.site.all()) {
            String state = scenario.standing(fmri).map(s -> s.label().state() + "/" + s.label().phase().nextState()).orElse("absent");
            // In one turn it may have stopped and come back; without a process, which no contract tells.
            String now = state + scenario.standing(fmri).map(Standing::label)
                    .map(l -> l.phase().contracts().isEmpty() ? "/" + l.revision() : l.phase().contracts().toString()).orElse("");
            String before = shown.put(fmri, now);
            if (state.equals("OFFLINE/Optional[ONLINE]")) {
                trying.putIfAbsent(fmri, scenario.now());
            } else {
                trying.remove(fmri);
            }
            if (before != null && !before.equals(now)) {
                scenario.tell("%s: %s", fmri, scenario.standing(fmri).map(s -> s.label().phase().toString()).orElse("absent"));
                causes.concernsDependents(fmri);
            }
        }
    }

    private void checkSignalled() {
        toJustify.forEach((fmri, s) -> require(causes.isAnySince(fmri, s.born()),
                () -> "I8: " + fmri + " is sent " + s.signal() + " and nothing has happened since its start"));
        toJustify.clear();
    }

    private void checkContracts() {
        for (Contract contract : scenario.kernel.contracts.values()) {
            if (contract.exists && contract.populated()) {
                Optional<Label> label = scenario.kernel.label(contract.fmri);
                require(label.isEmpty() || label.get().phase().contracts().contains(contract.id),
                        () -> "a populated contract is named: " + contract + " by " + label.get());
            }
        }
    }
}
