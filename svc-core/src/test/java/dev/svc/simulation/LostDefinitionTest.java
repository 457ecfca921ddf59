package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Answer;
import dev.svc.engine.Imports;
import dev.svc.fmri.InstanceFmri;
import dev.svc.repository.Place;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A service runs, and everything on disk is lost.
class LostDefinitionTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    private final RunningServices services = new RunningServices();
    private SimulatedDisk disk = empty();

    private static SimulatedDisk empty() {
        return new SimulatedDisk(new SimulatedDisk.Platter(), new Doom(), new Trace(Trace.Kept.NOTHING));
    }

    @BeforeEach void runsAndIsLost() throws IOException {
        takeOver();
        services.apply(Plain.daemon(WEB));
        services.comesUp(WEB);
        disk.close();
        disk = empty();
    }

    @AfterEach void close() {
        disk.close();
    }

    /// The second manager took it for deleted, and stopped it.
    @Test void everyManagerKeepsIt() throws IOException {
        Map<InstanceFmri, String> running = services.running();
        for (int manager = 1; manager <= 3; manager++) {
            takeOver();
            assertEquals(running, services.running());
            assertInstanceOf(Phase.Degraded.class, label().phase());
            assertTrue(services.published().notices().stream().anyMatch(n -> n.contains("lost its definition")));
            // So that the repository is at a change that the label has not seen.
            services.apply(Plain.daemon(InstanceFmri.parse("svc:/site/other:n" + manager)));
        }
    }

    /// Nobody told the graph, and so it could not be disabled before the next manager came.
    @Test void importedAgainItIsAnOrdinaryInstance() throws IOException {
        takeOver();
        services.apply(Plain.daemon(WEB));
        assertEquals(List.of(), services.signals());
        services.disable(WEB, Permanence.PERMANENTLY);
        assertEquals(List.of("TERM to " + WEB), services.signals());
        assertInstanceOf(Phase.Disabled.class, label().phase());
    }

    /// It is deleted for good, in spite of what was lost before.
    @Test void importedAgainItCanBeDeleted() throws IOException {
        takeOver();
        services.apply(Plain.daemon(WEB));
        takeOver();
        assertEquals(1, services.running().size());
        services.delete(WEB);
        assertEquals(Map.of(), services.running());
        takeOver();
        assertTrue(!services.published().standings().containsKey(WEB));
    }

    @ParameterizedTest
    @EnumSource void disabledItIsStopped(Permanence permanence) throws IOException {
        takeOver();
        services.disable(WEB, permanence);
        assertEquals(List.of("TERM to " + WEB), services.signals());
        takeOver();
        assertEquals(List.of(), services.started());
    }

    /// It looked as if it had a definition again.
    @Test void itIsNotEnabledWithoutOne() throws IOException {
        takeOver();
        assertInstanceOf(Answer.Refused.class, services.enable(WEB, Permanence.PERMANENTLY));
        assertInstanceOf(Answer.Refused.class, services.enable(WEB, Permanence.TEMPORARILY));
        assertInstanceOf(Phase.Degraded.class, label().phase());
        takeOver();
        assertEquals(1, services.running().size());
        assertInstanceOf(Phase.Degraded.class, label().phase());
    }

    private Label label() {
        return services.published().standings().get(WEB).label();
    }

    private void takeOver() throws IOException {
        services.takeOver(Place.below(Path.of("/state"), disk), _ -> new Imports(List.of(), List.of()));
    }
}
