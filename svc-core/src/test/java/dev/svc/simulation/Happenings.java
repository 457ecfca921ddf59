package dev.svc.simulation;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.Phase;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Kind;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The moves of the world: launchers join and end, methods do their work or fail, processes die. When the trouble has stopped, methods do
/// what they should.
final class Happenings {
    private static final List<Reason> FAULTS = List.of(Reason.CT_EV_CORE, Reason.CT_EV_SIGNAL, Reason.CT_EV_MEMORY);

    private final Scenario scenario;

    Happenings(Scenario scenario) {
        this.scenario = scenario;
    }

    /// Yields whether there was anything to happen.
    boolean move() {
        List<Runnable> able = new ArrayList<>();
        for (Launching one : scenario.kernel.launchers) {
            boolean content = !scenario.inTrouble() && isContent(one);
            if (!content) {
                able.add(() -> happens(one));
            }
        }
        for (Contract contract : scenario.kernel.contracts.values()) {
            if (contract.exists && contract.has(Kind.MEMBER)
                    && (scenario.inTrouble() ? scenario.dice().nextInt(6) == 0 : isToGo(contract))) {
                able.add(() -> memberDies(contract));
            }
        }
        if (able.isEmpty()) {
            return false;
        }
        able.get(scenario.dice().nextInt(able.size())).run();
        return true;
    }

    /// What is to stop, and is given all the time it wants, does so in the end.
    private boolean isToGo(Contract contract) {
        return scenario.kernel.label(contract.fmri).filter(l -> l.phase() instanceof Phase.Stopping s && s.deadline().isEmpty())
                .isPresent();
    }

    /// A child that runs on, as it should.
    private boolean isContent(Launching one) {
        return one.inside && one.status.isEmpty() && one.launch.method().equals("start") && scenario.model(one) == ServiceModel.CHILD
                && !isToGo(scenario.kernel.contracts.get(one.launch.contract()));
    }

    private boolean inTrouble(int sides) {
        return scenario.inTrouble() && scenario.dice().nextInt(sides) == 0;
    }

    private void happens(Launching one) {
        if (!one.inside) {
            if (inTrouble(15)) {
                scenario.tell("launcher dies outside: %s", one);
                scenario.kernel.launcherKilled(one);
            } else {
                scenario.tell("joins: %s", one);
                scenario.kernel.join(one);
            }
        } else if (one.recorded) {
            scenario.tell("launcher leaves: %s", one);
            scenario.kernel.end(one, one.status.orElseThrow());
        } else if (inTrouble(25)) {
            scenario.tell("launcher killed: %s", one);
            scenario.kernel.launcherKilled(one);
        } else if (one.status.isPresent()) {
            scenario.tell("recorded: %s", one);
            scenario.kernel.record(one);
        } else if (!scenario.inTrouble() || scenario.dice().nextInt(4) > 0) {
            works(one);
        }
    }

    /// The method ends, having done what it does.
    private void works(Launching one) {
        Contract contract = scenario.kernel.contract(one.launch.contract()).orElseThrow();
        boolean well = !scenario.inTrouble() || scenario.dice().nextInt(5) > 0;
        int status = well ? inTrouble(20) ? 97 : 0 : List.of(1, 1, 95, 96, 94, 99, 139, 143).get(scenario.dice().nextInt(8));
        switch (one.launch.method()) {
            case "start" -> starts(one, contract, well, status);
            case "stop" -> stops(contract, well);
            default -> {
                if (inTrouble(6)) {
                    scenario.kernel.fork(contract, scenario.dice().nextBoolean(), false);
                }
            }
        }
        scenario.tell("method ends with %s: %s", status, contract);
        scenario.kernel.methodEnds(one, status);
    }

    private void starts(Launching one, Contract contract, boolean well, int status) {
        InstanceFmri fmri = one.launch.fmri();
        ServiceModel model = scenario.model(one);
        if (status != 0 || model == ServiceModel.CHILD) {
            scenario.causes.from(fmri, "method ended");
        }
        if (model == ServiceModel.CONTRACT ? well || scenario.dice().nextBoolean() : inTrouble(4)) {
            for (int i = scenario.dice().nextInt(3); i >= 0; i--) {
                scenario.kernel.fork(contract, inTrouble(8), inTrouble(12));
            }
        }
        if (status == 0) {
            scenario.always.succeeded(fmri, contract.id);
        }
    }

    private void stops(Contract contract, boolean well) {
        if (well) {
            for (Contract other : scenario.kernel.living(contract.fmri)) {
                if (other != contract && (!scenario.inTrouble() || scenario.dice().nextInt(4) > 0)) {
                    other.processes.removeIf(p -> p.kind == Kind.MEMBER);
                    scenario.kernel.changed(other);
                    if (!scenario.inTrouble()) {
                        scenario.kernel.launcherIn(other.id).filter(l -> l.status.isEmpty())
                                .ifPresent(l -> scenario.kernel.methodEnds(l, 143));
                    }
                }
            }
        }
        if (inTrouble(6)) {
            scenario.kernel.fork(contract, scenario.dice().nextBoolean(), false);
        }
    }

    private void memberDies(Contract contract) {
        List<SimulatedKernel.Process> members = contract.processes.stream().filter(p -> p.kind == Kind.MEMBER).toList();
        if (members.isEmpty()) {
            return;
        }
        SimulatedKernel.Process one = members.get(scenario.dice().nextInt(members.size()));
        Optional<Reason> fault = fault();
        scenario.tell("member dies: %s%s", contract, fault.map(r -> ", " + r.word()).orElse(""));
        // Before its last process, one that dies concerns nobody, unless it is told to have died of a fault that counts.
        if (members.size() == 1 || fault.filter(r -> !isIgnored(contract.fmri, r)).isPresent()) {
            scenario.causes.from(contract.fmri, "member died");
        }
        fault.ifPresentOrElse(r -> scenario.kernel.faults(contract, one, r), () -> scenario.kernel.dies(contract, one));
    }

    /// How a member dies, if it is told.
    private Optional<Reason> fault() {
        boolean told = scenario.inTrouble() && switch (scenario.temper.faults()) {
            case ALL -> scenario.dice().nextInt(3) > 0;
            // Of a main, or of another process.
            case OF_MAINS -> scenario.dice().nextInt(3) == 0;
            case NONE -> false;
        };
        return told ? Optional.of(FAULTS.get(scenario.dice().nextInt(FAULTS.size()))) : Optional.empty();
    }

    private boolean isIgnored(InstanceFmri fmri, Reason fault) {
        String word = fault == Reason.CT_EV_CORE ? "core" : "signal";
        return scenario.hasNoManager()
                || scenario.standing(fmri).filter(s -> s.definition().ignoredErrors().contains(word)).isPresent();
    }
}
