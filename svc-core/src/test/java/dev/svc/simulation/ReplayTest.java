package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A seed is a whole life: the same in each run, and in each JVM. Hash codes of objects, and the order of `Set.of`, differ between JVMs;
/// where an order follows from them, what a manager did cannot be replayed.
class ReplayTest {
    private static final int FIRST_SEED = 190;
    private static final int SEEDS = 30;

    @ParameterizedTest
    @ValueSource(longs = {1, 22, 701, 1591}) void aSeedReplaysExactly(long seed) {
        Simulator.silence();
        assertEquals(replay(seed), replay(seed));
    }

    private static String replay(long seed) {
        return Simulator.told(seed, Optional.empty(), Trace.Kept.EFFECTS).toString();
    }

    @Test void aSeedReplaysExactlyInAnotherVirtualMachine() throws IOException, InterruptedException {
        Process one = digests();
        // All objects have the same hash code.
        Process other = digests("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2");
        List<String> expected = lines(one);
        assertEquals(SEEDS, expected.size());
        assertEquals(expected, lines(other), "replay one that differs with --effects, in two JVMs, and compare");
    }

    private static Process digests(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Simulator.class.getName(), "--digests", "--seed", String.valueOf(FIRST_SEED), "--scenarios", String.valueOf(SEEDS)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<String> lines(Process process) throws IOException, InterruptedException {
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, process.waitFor());
        return lines;
    }
}
