package dev.svc.simulation;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Enabling;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Adoption;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.engine.Imports;
import dev.svc.engine.Invoker;
import dev.svc.engine.Published;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.repository.Finding;
import dev.svc.repository.Opened;
import dev.svc.repository.Place;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A simulated machine on which only what a test tells happens. A manager dies by being succeeded.
final class Tale implements AutoCloseable {
    final SimulatedMachine.World world = new SimulatedMachine.World();
    /// What was signalled: "TERM to svc:/site/db:default".
    final List<String> signals = new ArrayList<>();
    /// For which instances a contract was made.
    final List<InstanceFmri> started = new ArrayList<>();
    final SimulatedKernel kernel = new SimulatedKernel(new SimulatedKernel.Listener() {
        @Override public void joined(Launching launching, Contract contract) {
            // as it should be
        }

        @Override public void disturbed(InstanceFmri fmri, String how) {
            // as the test says
        }
    });
    SimulatedContracts contracts;
    final SimulatedDisk.Platter platter = new SimulatedDisk.Platter();
    private final SimulatedDisk disk = new SimulatedDisk(platter, new Doom(), new Trace(Trace.Kept.NOTHING));
    private SimulatedMachine machine;
    private Invoker manager;

    Tale() {
        Simulator.silence();
    }

    /// A manager that the keeper brings up; its effects take place, what it hands to threads of its own waits for [#happens].
    void takeOver(Change... imports) throws IOException {
        takeOver(Place.below(Path.of("/state"), disk), _ -> new Imports(List.of(imports), List.of()));
    }

    /// One whose repository is elsewhere.
    void takeOver(Place place, Function<Opened, Imports> imports) throws IOException {
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
    }

    /// Everything that follows by itself, but for methods and processes.
    void happens() {
        while (machine.hasTasks() || contracts.hasNews() || manager.hasMessages() || manager.hasCommits()) {
            while (machine.hasTasks()) {
                machine.runTask(true);
            }
            while (contracts.hasNews()) {
                contracts.hear();
            }
            manager.turnOfRepository();
            turn();
        }
    }

    /// The manager ends, services do not.
    void end() {
        manager.end();
    }

    /// All copies of labels are looked at, and the repository; yields what was found.
    List<Finding> looks() {
        CompletableFuture<List<Finding>> seen = manager.engine().verify();
        happens();
        return seen.join();
    }

    /// So much time passes that some labels are looked at.
    void timeToLook() {
        world.passes(Duration.ofMinutes(1));
        manager.turnOfRepository();
        happens();
    }

    /// One turn of the engine; yields whether the manager goes on.
    boolean turn() {
        return manager.turn();
    }

    void turnOfRepository() {
        manager.turnOfRepository();
    }

    Published published() {
        return manager.engine().published();
    }

    Label label(InstanceFmri fmri) {
        return published().standings().get(fmri).label();
    }

    Phase phase(InstanceFmri fmri) {
        return label(fmri).phase();
    }

    /// Asks; what follows waits for [#happens].
    CompletableFuture<Answer> asks(Administration request) {
        return manager.engine().submit(request);
    }

    CompletableFuture<Answer> asks(InstanceFmri fmri, Request request) {
        return asks(new Administration.Ask(fmri, request, Asker.manager(0)));
    }

    CompletableFuture<Answer> sets(InstanceFmri fmri, boolean enabled, Permanence permanence) {
        return asks(new Administration.SetEnabled(List.of(new Enabling(fmri, enabled)), permanence, Optional.empty(), Asker.manager(0)));
    }

    /// Its start method leaves a daemon, which ignores TERM, and succeeds.
    void comesUp(InstanceFmri fmri) {
        Launching start = kernel.launchers.stream().filter(l -> l.launch.fmri().equals(fmri)).findFirst().orElseThrow();
        kernel.join(start);
        kernel.fork(kernel.contract(start.launch.contract()).orElseThrow(), true, false);
        kernel.methodEnds(start, 0);
        kernel.record(start);
        kernel.end(start, 0);
        happens();
    }

    /// The first of its processes ends.
    void dies(InstanceFmri fmri) {
        Contract living = kernel.living(fmri).getFirst();
        kernel.dies(living, living.processes.getFirst());
        happens();
    }

    @Override public void close() {
        disk.close();
    }
}
