package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration.Permanence;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.State;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Both copies of what the root remembers of the boot are lost.
class LostRootTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    private final Tale tale = new Tale();

    @BeforeEach void firstManager() throws IOException {
        tale.takeOver(Plain.daemon(WEB));
    }

    @AfterEach void close() {
        tale.close();
    }

    @Test void whatIsTemporarilyDisabledStaysSo() throws IOException {
        tale.sets(WEB, false, Permanence.TEMPORARILY);
        tale.turn();
        loseRoot();
        tale.takeOver();
        assertEquals(Optional.of(false), tale.label(WEB).override());
        assertTrue(tale.published().notices().stream().anyMatch(n -> n.contains("was lost")));
        assertEquals("all", tale.published().milestone());
    }

    @Test void contractIdsAreNotGivenAgain() throws IOException {
        for (int i = 0; i < 2; i++) {
            loseRoot();
            tale.takeOver();
        }
        // Given, and the record of it lost: no machine starts a method each millisecond.
        assertTrue(tale.contracts.root().nextContract().compareTo(new ContractId(tale.world.now().nanos() / 1_000_000)) > 0);
    }

    @Test void firstManagerOfABootHasLostNothing() throws IOException {
        tale.kernel.boot();
        tale.world.boots();
        tale.takeOver();
        assertEquals(List.of(), tale.published().notices());
        assertEquals(State.OFFLINE, tale.label(WEB).state());
        tale.takeOver();
        assertEquals(List.of(), tale.published().notices());
        assertTrue(tale.contracts.root().nextContract().compareTo(new ContractId(1000)) < 0, tale.contracts.root().toString());
    }

    private void loseRoot() {
        tale.kernel.root = null;
        tale.kernel.rootCopy = null;
    }
}
