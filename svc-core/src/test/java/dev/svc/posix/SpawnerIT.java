package dev.svc.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both ways of starting a program give it the same.
class SpawnerIT {
    private static final long PATIENCE_SECONDS = 20;
    private static final int MANY = 50;

    @TempDir Path directory;

    static Stream<Spawner> spawners() {
        return NativeSpawner.isSupported() ? Stream.of(new NativeSpawner(), new ProcessSpawner()) : Stream.of(new ProcessSpawner());
    }

    @ParameterizedTest
    @MethodSource("spawners") void statusIsThatOfAShell(Spawner spawner) throws Exception {
        assertEquals(0, run(spawner, "true"));
        assertEquals(42, run(spawner, "exit 42"));
        assertEquals(128 + 9, run(spawner, "kill -9 $$"));
    }

    @ParameterizedTest
    @MethodSource("spawners") void programHasNothingOfOurs(Spawner spawner) throws Exception {
        Path said = directory.resolve("said");
        run(spawner, "cat /proc/self/status >" + said + ".status; ls /proc/self/fd >" + said + "; ps -o sid= -p $$ >>" + said
                + "; echo $$ >>" + said + "; pwd >>" + said + "; env >>" + said);
        List<String> lines = Files.readAllLines(said).stream().map(String::strip).toList();
        // The fourth is the one by which ls reads the directory.
        assertEquals(List.of("0", "1", "2", "3"), lines.subList(0, 4));
        assertEquals(lines.get(5), lines.get(4), "leads its session");
        assertEquals("/", lines.get(6));
        assertTrue(lines.contains("COLOUR=sea green"));
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("JAVA") || line.startsWith("HOME=")));
        for (String line : Files.readAllLines(Path.of(said + ".status"))) {
            if (line.startsWith("SigIgn:") || line.startsWith("SigBlk:")) {
                assertEquals(0, Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 0x7fff_ffffL, line);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("spawners") void programThatIsMissingIsAnError(Spawner spawner) {
        // The JDK's way starts another program first, which is there.
        if (spawner instanceof NativeSpawner) {
            IOException error = assertThrows(IOException.class, () -> spawner.spawn(List.of("/no/such/program"), Map.of()));
            assertTrue(error.getMessage().startsWith("/no/such/program: "), error.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("spawners") void endedProgramsLeaveNoZombies(Spawner spawner) throws Exception {
        List<Spawner.Spawned> started = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            started.add(spawner.spawn(List.of("/bin/sh", "-c", "exit 3"), Map.of("PATH", "/usr/bin:/bin")));
        }
        for (Spawner.Spawned program : started) {
            assertEquals(3, program.end().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertTrue(ProcessStat.of(program.pid()).isEmpty());
        }
    }

    private static int run(Spawner spawner, String script) throws Exception {
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "COLOUR", "sea green");
        return spawner.spawn(List.of("/bin/sh", "-c", script), environment).end().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
