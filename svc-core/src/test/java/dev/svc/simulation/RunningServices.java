package dev.svc.simulation;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Adoption;
import dev.svc.engine.Asker;
import dev.svc.engine.Imports;
import dev.svc.engine.Invoker;
import dev.svc.engine.Published;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Sequence;
import dev.svc.repository.Opened;
import dev.svc.repository.Place;
import dev.svc.restarter.ContractId;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Group;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Services that run, with their labels and contracts, and one manager after another that takes them over: for tests of what is on disk
/// below a manager. It tells what a manager did to them.
public final class RunningServices {
    private final SimulatedMachine.World world = new SimulatedMachine.World();
    private final List<String> signals = new ArrayList<>();
    private final List<InstanceFmri> started = new ArrayList<>();
    private final SimulatedKernel kernel = new SimulatedKernel(new SimulatedKernel.Listener() {
        @Override public void joined(Launching launching, Contract contract) {
            // as it should be
        }

        @Override public void disturbed(InstanceFmri fmri, String how) {
            // as the test says
        }
    });
    private SimulatedContracts contracts;
    private SimulatedMachine machine;
    private Invoker manager;

    public RunningServices() {
        Simulator.silence();
    }

    /// The same services, to become of them what will. No method may be under way.
    public RunningServices copy() {
        RunningServices copy = new RunningServices();
        copy.world.passes(world.now().since(copy.world.now()));
        kernel.groups.forEach((name, group) -> copy.kernel.groups.put(name, copy.copied(group)));
        copy.kernel.records.putAll(kernel.records);
        copy.kernel.copies.putAll(kernel.copies);
        copy.kernel.root = kernel.root;
        copy.kernel.rootCopy = kernel.rootCopy;
        copy.kernel.bootRecorded = kernel.bootRecorded;
        return copy;
    }

    private Group copied(Group group) {
        Group copy = new Group(group.fmri);
        copy.label = group.label;
        for (Contract contract : group.contracts.values()) {
            Contract twin = new Contract(contract.fmri, contract.id);
            twin.processes.addAll(contract.processes);
            copy.contracts.put(twin.id, twin);
            kernel.contracts.put(twin.id, twin);
        }
        return copy;
    }

    /// A manager begins, the one before having been killed, and does what it has to until nothing is left to do.
    ///
    /// @param imports the bundles to be imported unasked
    public void takeOver(Place place, Function<Opened, Imports> imports) throws IOException {
        signals.clear();
        started.clear();
        contracts = new SimulatedContracts(kernel, new Doom(), new SimulatedContracts.Deeds() {
            @Override public void starting(InstanceFmri fmri, ContractId contract) {
                started.add(fmri);
            }

            @Override public void signalling(InstanceFmri fmri, ContractId contract, String signal) {
                signals.add(signal + " to " + fmri);
            }
        }, new Trace(Trace.Kept.NOTHING));
        machine = new SimulatedMachine(world);
        manager = new Invoker(new Adoption.Setting(contracts, place, (_, _, _) -> {}, imports, Map.of(), 0, Adoption.Restarted.BY_KEEPER,
                Optional.empty(), WorkMark.nowhere()), machine);
        manager.begin();
        settle();
    }

    /// The manager ends, services do not.
    public void end() {
        manager.end();
    }

    /// What the manager makes of itself and of all instances.
    public Published published() {
        return manager.engine().published();
    }

    /// The last change that the root group knows.
    public Sequence sequence() {
        return contracts.root().sequence();
    }

    public void setEnabled(InstanceFmri fmri, boolean enabled, Permanence permanence) {
        ask(new Administration.SetEnabled(List.of(new Administration.Enabling(fmri, enabled)), permanence, Optional.empty(),
                Asker.manager(0)));
    }

    public void apply(Change change) {
        ask(new Administration.Apply(change, published().model(), List.of(), Asker.manager(0)));
    }

    private void ask(Administration request) {
        manager.engine().submit(request);
        settle();
    }

    /// Its start method, which is under way, leaves a daemon and succeeds.
    public void comesUp(InstanceFmri fmri) {
        Launching start = kernel.launchers.stream().filter(l -> l.launch.fmri().equals(fmri)).findFirst().orElseThrow();
        kernel.join(start);
        kernel.fork(kernel.contract(start.launch.contract()).orElseThrow(), false, false);
        kernel.methodEnds(start, 0);
        kernel.record(start);
        kernel.end(start, 0);
        settle();
    }

    /// It is quiet for so long that the manager makes the backup of its imports.
    public void quiet() {
        world.passes(Duration.ofSeconds(10));
        manager.turnOfRepository();
        settle();
    }

    /// Who runs, in which contract, as which processes.
    public Map<InstanceFmri, String> running() {
        Map<InstanceFmri, String> running = new TreeMap<>(Comparator.comparing(InstanceFmri::toString));
        kernel.groups.values().forEach(group -> group.contracts.values().stream().filter(Contract::populated)
                .forEach(contract -> running.merge(group.fmri, contract.toString(), (a, b) -> a + b)));
        return running;
    }

    /// The signals that the manager sent.
    public List<String> signals() {
        return List.copyOf(signals);
    }

    /// The instances for which the manager made a contract.
    public List<InstanceFmri> started() {
        return List.copyOf(started);
    }

    private void settle() {
        while (machine.hasTasks() || contracts.hasNews() || manager.hasMessages() || manager.hasCommits()) {
            while (machine.hasTasks()) {
                machine.runTask(true);
            }
            while (contracts.hasNews()) {
                contracts.hear();
            }
            manager.turnOfRepository();
            manager.turn();
        }
    }
}
