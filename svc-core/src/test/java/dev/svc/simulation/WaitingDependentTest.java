package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.svc.engine.Administration;
import dev.svc.engine.Adoption;
import dev.svc.engine.Asker;
import dev.svc.engine.Invoker;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import dev.svc.repository.Place;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A web server waits for its database: it is not started only to be stopped at once.
class WaitingDependentTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");

    private final SimulatedMachine.World world = new SimulatedMachine.World();
    private final SimulatedDisk disk = new SimulatedDisk(new SimulatedDisk.Platter(), new Doom(), new Trace(Trace.Kept.NOTHING));
    private final List<String> signals = new ArrayList<>();
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

    @BeforeEach void silence() {
        Simulator.silence();
    }

    @AfterEach void close() {
        disk.close();
    }

    /// The new manager took the database for running.
    @Test void notForWhatIsStoppingWhenANewManagerComes() throws IOException {
        takeOver(List.of(Plain.daemon(DB)));
        comesUp(DB);
        ask(DB, new Request.Restart(Request.Dump.NO));
        assertInstanceOf(Phase.Stopping.class, phase(DB));
        takeOver(List.of(Plain.daemon(WEB, dependency())));
        assertInstanceOf(Phase.Stopping.class, phase(DB));
        assertInstanceOf(Phase.Offline.class, phase(WEB));
        Contract old = kernel.living(DB).getFirst();
        kernel.dies(old, old.processes.getFirst());
        happens();
        comesUp(DB);
        comesUp(WEB);
        assertInstanceOf(Phase.Online.class, phase(WEB));
        assertEquals(List.of("TERM to " + DB), signals.stream().distinct().toList());
    }

    /// The web server was started between the two, and had to stop for the refresh when it was up.
    @Test void notBetweenAStartAndTheRefreshThatWaitedForIt() throws IOException {
        takeOver(List.of(Plain.daemon(DB), Plain.daemon(WEB, dependency())));
        ask(DB, new Request.Refresh());
        comesUp(DB);
        comesUp(WEB);
        assertInstanceOf(Phase.Online.class, phase(WEB));
        assertEquals(List.of(), signals);
    }

    private Phase phase(InstanceFmri fmri) {
        return manager.engine().published().standings().get(fmri).label().phase();
    }

    private void ask(InstanceFmri fmri, Request request) {
        manager.engine().submit(new Administration.Ask(fmri, request, Asker.manager(0)));
        happens();
    }

    /// Its start method leaves a daemon, which ignores TERM, and succeeds.
    private void comesUp(InstanceFmri fmri) {
        Launching start = kernel.launchers.stream().filter(l -> l.launch.fmri().equals(fmri)).findFirst().orElseThrow();
        kernel.join(start);
        kernel.fork(kernel.contract(start.launch.contract()).orElseThrow(), true, false);
        kernel.methodEnds(start, 0);
        kernel.record(start);
        kernel.end(start, 0);
        happens();
    }

    private void happens() {
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

    private void takeOver(List<Change> imports) throws IOException {
        contracts = new SimulatedContracts(kernel, new Doom(), new SimulatedContracts.Deeds() {
            @Override public void signalling(InstanceFmri fmri, ContractId contract, String signal) {
                signals.add(signal + " to " + fmri);
            }
        }, new Trace(Trace.Kept.NOTHING));
        machine = new SimulatedMachine(world);
        manager = new Invoker(new Adoption.Setting(contracts, Place.below(Path.of("/state"), disk), (_, _, _) -> {}, _ -> imports,
                Map.of(), 0, Adoption.Restarted.BY_KEEPER, Optional.empty(), WorkMark.nowhere()), machine);
        manager.begin();
        happens();
    }

    private static PropertyGroup dependency() {
        return new PropertyGroup("db", PropertyGroup.DEPENDENCY, List.of(Property.text("grouping", "require_all"),
                Property.text("restart_on", "refresh"), Property.text("type", "service"),
                new Property("entities", ValueType.FMRI, List.of(DB.toString()))));
    }
}
