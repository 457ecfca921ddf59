package dev.svc.takeover;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Many lives, from seeds: managers are killed between any two effects, launchers and services at any time, administrators ask for
/// anything; what must hold always is asserted after every move. A failure names the seed: `new Scenario(seed).play()` replays it.
class SimulationTest {
    private static final int SCENARIOS = Integer.getInteger("svc.simulation.scenarios", 10_000);
    private static final long FIRST_SEED = Long.getLong("svc.simulation.seed", 1);

    @Test void noManagersDeathIsNoticed() {
        int kills = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCENARIOS; seed++) {
            Scenario scenario = new Scenario(seed);
            try {
                scenario.play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + scenario.story(), e);
            }
            kills += scenario.kills();
        }
        // The dice must not have become harmless.
        assertTrue(kills > SCENARIOS, "only " + kills + " managers were killed");
    }
}
