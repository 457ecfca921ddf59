package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Many lives of a whole manager, from seeds: see [Scenario]. A failure names its seed and the moves it needs; [Simulator] replays it.
class SimulationTest {
    private static final int SCENARIOS = Integer.getInteger("svc.simulation.scenarios", 20_000);
    private static final long FIRST_SEED = Long.getLong("svc.simulation.seed", 1);
    private static final int MOST_FAILURES = 3;

    @Test void nothingIsNoticedOfAManagersDeath() {
        Simulator simulator = new Simulator();
        List<Simulator.Failure> failures = simulator.run(FIRST_SEED, SCENARIOS, Long.MAX_VALUE,
                Runtime.getRuntime().availableProcessors(), MOST_FAILURES);
        assertTrue(failures.isEmpty(), () -> failures.stream().map(Simulator.Failure::toString).reduce("", (a, b) -> a + "\n" + b));
        // The dice must not have become harmless.
        assertTrue(simulator.kills.get() > SCENARIOS, "only " + simulator.kills.get() + " managers were killed");
    }
}
