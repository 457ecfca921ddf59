package dev.svc.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code svc.keeper} around small shell commands, under each shell of this machine. */
@Timeout(60) class KeeperIT {
    private static final Path KEEPER = Path.of(System.getProperty("svc.tree"), "lib/svc.keeper");

    /** 1 to 31; of the others the C library keeps some to itself. */
    private static final long STANDARD_SIGNALS = 0x7fff_ffff;

    @TempDir Path scratch;

    static Stream<List<String>> shells() {
        return Stream.of(List.of("dash"), List.of("bash", "--posix"), List.of("bash"), List.of("busybox", "sh"))
                .filter(shell -> Files.isExecutable(Path.of("/bin", shell.getFirst())));
    }

    @ParameterizedTest
    @MethodSource("shells") void endsWhenItsCommandWasAskedToStop(List<String> shell) throws Exception {
        assertEquals(0, kept(shell, "exit 0").waitFor());
    }

    @ParameterizedTest
    @MethodSource("shells") void endsWhenItsCommandCannotStart(List<String> shell) throws Exception {
        assertEquals(2, kept(shell, "exit 2").waitFor());
    }

    @ParameterizedTest
    @MethodSource("shells") void noCommandIsAUsageError(List<String> shell) throws Exception {
        Process keeper = new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(KEEPER.toString())).toList()).start();
        assertTrue(keeper.errorReader().readLine().startsWith("usage: svc.keeper"));
        assertEquals(2, keeper.waitFor());
    }

    @ParameterizedTest
    @MethodSource("shells") void commandThatFailsAtOnceIsStartedAgainAfterASecond(List<String> shell) throws Exception {
        long before = System.nanoTime();
        Process keeper = kept(shell, "[ -e " + scratch + "/second ] && exit 0; : > " + scratch + "/second; exit 1");
        assertEquals("svc.keeper: sh ended with status 1 after 0 s: starting it again", keeper.errorReader().readLine());
        assertEquals(0, keeper.waitFor());
        assertTrue(Duration.ofNanos(System.nanoTime() - before).compareTo(Duration.ofSeconds(1)) >= 0);
    }

    @ParameterizedTest
    @MethodSource("shells") void commandThatIsKilledIsStartedAgain(List<String> shell) throws Exception {
        Process keeper = kept(shell, "echo $$; read line < " + fifo() + "; exit 0");
        try (BufferedReader started = keeper.inputReader()) {
            long first = Long.parseLong(started.readLine());
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            long second = Long.parseLong(started.readLine());
            assertNotEquals(first, second);
            Files.writeString(scratch.resolve("fifo"), "end\n");
            assertEquals(0, keeper.waitFor());
        }
    }

    @ParameterizedTest
    @MethodSource("shells") void termIsPassedOnAndTheCommandIsNotStartedAgain(List<String> shell) throws Exception {
        Process keeper = kept(shell, "trap 'echo got TERM; exit 3' TERM; echo ready; read line < " + fifo());
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals("ready", output.readLine());
            terminate(keeper);
            assertEquals("got TERM", output.readLine());
            assertEquals(3, keeper.waitFor());
        }
    }

    @ParameterizedTest
    @MethodSource("shells") void quickDeathsAreCountedUntilToldToGoOnButNotThoseBySigkill(List<String> shell) throws Exception {
        // 3 is the JVM's, out of memory.
        String script = "echo $SVC_KEEPER $SVC_QUICK_DEATHS; case $SVC_KEEPER in 0) exit 3 ;; 1) kill -KILL $$ ;; 2) exit 70 ;; 3) exit 4 ;; esac";
        Process keeper = kept(shell, script);
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals(List.of("0 0", "1 1", "2 1", "3 2", "4 0"), output.lines().toList());
            assertEquals(0, keeper.waitFor());
        }
    }

    @ParameterizedTest
    @MethodSource("shells") void withATimeTermStopsServicesByTheCommandItself(List<String> shell) throws Exception {
        Path command = command("""
                case $1 in
                --stop-all) echo "$@" >%1$s/asked; echo end >%1$s/fifo ;;
                *) echo ready; read line <%1$s/fifo; exit 6 ;;
                esac
                """);
        fifo();
        Process keeper = new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(KEEPER.toString(), "-t", "5", command.toString()))
                .toList()).start();
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals("ready", output.readLine());
            terminate(keeper);
            assertEquals(6, keeper.waitFor());
        }
        assertEquals("--stop-all --within 5\n", Files.readString(scratch.resolve("asked")));
    }

    @ParameterizedTest
    @MethodSource("shells") void aCommandThatDoesNotEndInTimeIsKilled(List<String> shell) throws Exception {
        Path command = command("""
                case $1 in
                --stop-all) exit 1 ;;
                *) trap : TERM; echo ready; while :; do sleep 1; done ;;
                esac
                """);
        String limited = Files.readString(KEEPER).replace("limit + 20", "limit");
        Path keeperScript = Files.writeString(scratch.resolve("keeper"), limited);
        Process keeper = new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(keeperScript.toString(), "-t", "1", command.toString()))
                .toList()).start();
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals("ready", output.readLine());
            terminate(keeper);
            assertEquals(1, keeper.waitFor());
        }
    }

    /** The command asks to be replaced, and TERM comes at the same time: who becomes another keeper would forget it. */
    @ParameterizedTest
    @MethodSource("shells") void termThatComesBeforeItBecomesAnotherKeeperIsNotLost(List<String> shell) throws Exception {
        Path other = Files.createDirectories(scratch.resolve("other"));
        for (String path : List.of("lib/svc.keeper", "bin/svc.startd")) {
            Files.createDirectories(other.resolve(path).getParent());
            Files.writeString(other.resolve(path), "#!/bin/sh\necho became another\n");
            assertTrue(other.resolve(path).toFile().setExecutable(true));
        }
        Path successor = scratch.resolve("run/svc/successor");
        Files.createDirectories(successor.getParent());
        Files.writeString(successor, other + "\n");
        Process keeper = keptIn(shell, "trap '' TERM; kill -TERM $PPID; exit 5");
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals(List.of(), output.lines().toList());
            assertEquals(0, keeper.waitFor());
        }
        Files.writeString(successor, other + "\n");
        keeper = keptIn(shell, "exit 5");
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals(List.of("became another"), output.lines().toList());
        }
    }

    /** With the scratch directory as root. */
    private Process keptIn(List<String> shell, String script) throws IOException {
        Stream<String> command = Stream.of(KEEPER.toString(), "sh", "-c", script);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(shell.stream(), command).toList());
        builder.environment().put("SVC_ROOT", scratch.toString());
        return builder.start();
    }

    private Path command(String script) throws IOException {
        Path command = scratch.resolve("command");
        Files.writeString(command, "#!/bin/sh\n" + script.formatted(scratch));
        assertTrue(command.toFile().setExecutable(true));
        return command;
    }

    @ParameterizedTest
    @MethodSource("shells") void commandEndedByTheTermItGotIsAnOrderlyEnd(List<String> shell) throws Exception {
        Process keeper = kept(shell, "echo ready; read line < " + fifo());
        try (BufferedReader output = keeper.inputReader()) {
            assertEquals("ready", output.readLine());
            terminate(keeper);
            assertEquals(0, keeper.waitFor());
        }
    }

    @ParameterizedTest
    @MethodSource("shells") void commandIgnoresNoSignal(List<String> shell) throws Exception {
        Process keeper = kept(shell, "grep SigIgn /proc/$$/status");
        try (BufferedReader output = keeper.inputReader()) {
            long ignored = Long.parseUnsignedLong(output.readLine().replace("SigIgn:\t", ""), 16);
            assertEquals(0, ignored & STANDARD_SIGNALS);
            assertEquals(0, keeper.waitFor());
        }
    }

    /** A named pipe nobody writes to yet: reading it is a wait that ends when the test says so. */
    private Path fifo() throws IOException, InterruptedException {
        Path fifo = scratch.resolve("fifo");
        assertTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor(10, SECONDS));
        return fifo;
    }

    /** Not {@code Process.destroy()}, which also closes the pipes we read. */
    private static void terminate(Process keeper) {
        assertTrue(keeper.toHandle().destroy());
    }

    private static Process kept(List<String> shell, String script) throws IOException {
        Stream<String> command = Stream.of(KEEPER.toString(), "sh", "-c", script);
        return new ProcessBuilder(Stream.concat(shell.stream(), command).toList()).start();
    }
}
