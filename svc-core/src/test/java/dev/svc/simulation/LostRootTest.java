package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Adoption;
import dev.svc.engine.Asker;
import dev.svc.engine.Invoker;
import dev.svc.engine.Standing;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.State;
import dev.svc.repository.Place;
import dev.svc.restarter.ContractId;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Both copies of what the root remembers of the boot are lost.
class LostRootTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    private final SimulatedMachine.World world = new SimulatedMachine.World();
    private final SimulatedDisk disk = new SimulatedDisk(new SimulatedDisk.Platter(), new Doom(), new Trace(Trace.Kept.NOTHING));
    private final SimulatedKernel kernel = new SimulatedKernel(new SimulatedKernel.Listener() {
        @Override public void joined(Launching launching, Contract contract) {
            // as it should be
        }

        @Override public void disturbed(InstanceFmri fmri, String how) {
            // as the test says
        }
    });
    private SimulatedContracts contracts;
    private Invoker manager;

    @BeforeEach void firstManager() throws IOException {
        Simulator.silence();
        takeOver(List.of(Plain.daemon(WEB)));
    }

    @AfterEach void close() {
        disk.close();
    }

    @Test void whatIsTemporarilyDisabledStaysSo() throws IOException {
        manager.engine().submit(new Administration.SetEnabled(List.of(new Administration.Enabling(WEB, false)), Permanence.TEMPORARILY,
                Optional.empty(), Asker.manager(0)));
        manager.turn();
        kernel.root = null;
        kernel.rootCopy = null;
        takeOver(List.of());
        Standing web = manager.engine().published().standings().get(WEB);
        assertEquals(Optional.of(false), web.label().override());
        assertTrue(manager.engine().published().notices().stream().anyMatch(n -> n.contains("was lost")));
        assertEquals("all", manager.engine().published().milestone());
    }

    @Test void contractIdsAreNotGivenAgain() throws IOException {
        for (int i = 0; i < 2; i++) {
            kernel.root = null;
            kernel.rootCopy = null;
            takeOver(List.of());
        }
        // Given, and the record of it lost: no machine starts a method each millisecond.
        assertTrue(contracts.root().nextContract().compareTo(new ContractId(world.now().nanos() / 1_000_000)) > 0);
    }

    @Test void firstManagerOfABootHasLostNothing() throws IOException {
        kernel.boot();
        world.boots();
        takeOver(List.of());
        assertEquals(List.of(), manager.engine().published().notices());
        assertEquals(State.OFFLINE, manager.engine().published().standings().get(WEB).label().state());
        takeOver(List.of());
        assertEquals(List.of(), manager.engine().published().notices());
        assertTrue(contracts.root().nextContract().compareTo(new ContractId(1000)) < 0, contracts.root().toString());
    }

    private void takeOver(List<Change> imports) throws IOException {
        contracts = new SimulatedContracts(kernel, new Doom(), new SimulatedContracts.Deeds() {}, new Trace(Trace.Kept.NOTHING));
        manager = new Invoker(new Adoption.Setting(contracts, Place.below(Path.of("/state"), disk), (_, _, _) -> {}, _ -> imports,
                Map.of(), 0, Adoption.Restarted.BY_KEEPER, Optional.empty(), WorkMark.nowhere()), new SimulatedMachine(world));
        manager.begin();
    }
}
