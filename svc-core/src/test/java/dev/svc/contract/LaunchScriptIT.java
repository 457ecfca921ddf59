package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.svc.posix.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The launcher script, alone with the kernel, under every shell that may be /bin/sh.
class LaunchScriptIT {
    private static final long PATIENCE_SECONDS = 20;
    private static final int INSTANTS = 60;
    private static final long INSTANT_NANOS = 250_000;
    private static final List<String> SIGNALS = List.of("TERM", "HUP", "INT", "USR1");

    private Bench bench;
    private Path contract;
    private Path exits;
    private Path log;
    private Path early;
    /// Started with signals ignored, as a shell without job control would in the background.
    private List<String> prefix = List.of(
            "sh", "-c", "trap '' INT QUIT PIPE; exec \"$@\"", "sh", "env", "--default-signal", "setsid");
    private String mode = "cgroup";
    private String oomScore = "";
    private String openFiles = "";

    static Stream<String> shells() {
        return Stream.of("dash", "bash", "bash --posix", "busybox sh");
    }

    @BeforeEach void makeContract() throws Exception {
        bench = new Bench();
        bench.open();
        contract = bench.group().resolve("site/script:default/1");
        Files.createDirectories(contract);
        exits = bench.root.run().resolve("exit");
        log = bench.root.logs().resolve("script.log");
        early = bench.root.run().resolve("log/script.log");
    }

    @AfterEach void close() throws Exception {
        bench.close();
    }

    @ParameterizedTest
    @MethodSource("shells") void statusIsRecordedAndOutputLogged(String shell) throws Exception {
        assertEquals(0, run(shell, "sh", "-c", "echo out; echo err >&2; exit 7"));
        assertRecorded("1.7");
        assertEquals("out\nerr\n", Files.readString(log));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
    }

    @ParameterizedTest
    @MethodSource("shells") void revokedContractIsNotJoinedAndNothingRuns(String shell) throws Exception {
        Files.delete(contract);
        assertEquals(75, run(shell, "touch", bench.root.path().resolve("ran").toString()));
        assertFalse(Files.exists(bench.root.path().resolve("ran")));
        assertRecorded();
    }

    @ParameterizedTest
    @MethodSource("shells") void termToTheWholeGroupIsSurvivedAndRecorded(String shell) throws Exception {
        Process launcher = start(shell, "sh", "-c", "echo up; exec sleep 1000");
        awaitLog("up\n");
        for (long pid : new Cgroup(contract).pids()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
        assertEquals(0, end(launcher));
        assertRecorded("1.143");
    }

    @ParameterizedTest
    @MethodSource("shells") void methodMaySignalItsProcessGroup(String shell) throws Exception {
        assertEquals(0, run(shell, "sh", "-c", "trap '' TERM; kill 0; kill -USR1 0"));
        assertRecorded("1.138");
    }

    @ParameterizedTest
    @MethodSource("shells") void methodHasDefaultSignalsThreeDescriptorsAndUmask(String shell) throws Exception {
        run(shell, "sh", "-c",
                "cat /proc/self/status | grep -E '^Sig(Blk|Ign|Cgt)'; ls /proc/self/fd | wc -l; umask; readlink /proc/self/fd/0");
        List<String> lines = Files.readAllLines(log);
        for (String line : lines.subList(0, 3)) {
            long mask = Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 0x7fff_ffffL;
            assertEquals(0, mask, line);
        }
        // The fourth is the one by which ls reads the directory.
        assertEquals(List.of("4", "0022", "/dev/null"), lines.subList(3, 6));
    }

    @ParameterizedTest
    @MethodSource("shells") void groupIsNotLeftBeforeTheRecordIsWritten(String shell) throws Exception {
        Process launcher = startUpToItsRecord(shell);
        assertEquals(List.of(launcher.pid()), new Cgroup(contract).pids());
        letRecord(launcher);
    }

    @ParameterizedTest
    @MethodSource("shells") void lockIsNotReleasedBeforeTheRecordIsWritten(String shell) throws Exception {
        mode = "lock";
        contract = Files.createFile(bench.root.path().resolve("lock"));
        Process launcher = startUpToItsRecord(shell);
        assertEquals(1, end(new ProcessBuilder("flock", "--nonblock", contract.toString(), "true").start()));
        letRecord(launcher);
    }

    @ParameterizedTest
    @MethodSource("shells") void recordIsAGroupWhenTheDirectoryIsGone(String shell) throws Exception {
        Files.delete(exits);
        assertEquals(0, run(shell, "sh", "-c", "exit 9"));
        assertTrue(Files.isDirectory(contract.resolveSibling("1.9")));
        Files.createDirectories(exits);
    }

    @ParameterizedTest
    @MethodSource("shells") void logThatCannotBeWrittenIsReplacedByTheEarlyOne(String shell) throws Exception {
        log = bench.root.path().resolve("missing/script.log");
        assertEquals(0, run(shell, "sh", "-c", "echo said"));
        assertEquals("said\n", Files.readString(early));
        assertRecorded("1.0");
    }

    @ParameterizedTest
    @MethodSource("shells") void methodRunsWithoutAnyLog(String shell) throws Exception {
        log = bench.root.path().resolve("missing/script.log");
        early = log;
        assertEquals(0, run(shell, "sh", "-c", "echo said; exit 4"));
        assertRecorded("1.4");
    }

    @ParameterizedTest
    @MethodSource("shells") void statusOfAProgramThatIsMissingIsRecorded(String shell) throws Exception {
        assertEquals(0, run(shell, "/no/such/program"));
        assertRecorded("1.127");
        assertFalse(Files.readString(log).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("shells") void scoreAndLimitAreSetForTheMethod(String shell) throws Exception {
        oomScore = "321";
        openFiles = "77";
        assertEquals(0, run(shell, "sh", "-c", "cat /proc/self/oom_score_adj; ulimit -S -n"));
        assertEquals("321\n77\n", Files.readString(log));
    }

    @ParameterizedTest
    @MethodSource("shells") void signalsIgnoredByWhoeverStartedItKeepNothingFromBeingRecorded(String shell) throws Exception {
        prefix = List.of("sh", "-c", "trap '' HUP INT QUIT PIPE TERM USR1; exec \"$@\"", "sh", "setsid");
        assertEquals(0, run(shell, "sh", "-c", "kill -TERM $$; exit 7"));
        assertRecorded("1.7");
    }

    @ParameterizedTest
    @MethodSource("shells") void signalToItsGroupAtAnyInstantLosesNoRecord(String shell) throws Exception {
        Path ran = bench.root.path().resolve("ran");
        int recorded = 0;
        for (int instant = 0; instant < INSTANTS; instant++) {
            Process launcher = start(shell, "sh", "-c", "echo >" + ran + "; exit 3");
            long until = System.nanoTime() + instant * INSTANT_NANOS;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            // To the process group, as a method that signals its own would; it has none before setsid made it one.
            new ProcessBuilder("kill", "-" + SIGNALS.get(instant % SIGNALS.size()), "--", "-" + launcher.pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
            int status = end(launcher);
            boolean hasRecord = !records().isEmpty();
            assertEquals(status == 0, hasRecord, "status " + status + " at instant " + instant);
            assertTrue(hasRecord || !Files.exists(ran), "ran without a record at instant " + instant);
            recorded += hasRecord ? 1 : 0;
            for (String record : records()) {
                Files.delete(exits.resolve(record));
            }
            Files.deleteIfExists(ran);
        }
        assertTrue(recorded > 0, "no launcher ever got as far as its traps");
    }

    @ParameterizedTest
    @MethodSource("shells") void recordIsAGroupWhenThereIsNoRoomForAFile(String shell) throws Exception {
        mounted("size=4k,nr_inodes=1");
        assertEquals(0, run(shell, "sh", "-c", "exit 9"));
        assertTrue(Files.isDirectory(contract.resolveSibling("1.9")));
    }

    @ParameterizedTest
    @MethodSource("shells") void recordIsAGroupWhenTheDirectoryIsReadOnly(String shell) throws Exception {
        mounted("ro");
        assertEquals(0, run(shell, "sh", "-c", "exit 8"));
        assertTrue(Files.isDirectory(contract.resolveSibling("1.8")));
    }

    @ParameterizedTest
    @MethodSource("shells") void fullLogKeepsTheMethodFromNothing(String shell) throws Exception {
        log = Path.of("/dev/full");
        assertEquals(0, run(shell, "sh", "-c", "echo said; exit 4"));
        assertRecorded("1.4");
    }

    @ParameterizedTest
    @MethodSource("shells") void preloadOfTheMethodActsOnTheMethodAlone(String shell) throws Exception {
        assertEquals(0, run(shell, "/usr/bin/env", "-i", "LD_PRELOAD=/no/such/library.so", "/bin/true"));
        assertEquals(1, Files.readAllLines(log).stream().filter(line -> line.contains("/no/such/library.so")).count());
        assertRecorded("1.0");
    }

    @ParameterizedTest
    @MethodSource("shells") void methodOutlivesALauncherThatIsKilled(String shell) throws Exception {
        Process launcher = start(shell, "sh", "-c", "echo up; exec sleep 1000");
        awaitLog("up\n");
        launcher.destroyForcibly();
        assertEquals(128 + 9, end(launcher));
        assertEquals(1, new Cgroup(contract).pids().size());
        assertRecorded();
    }

    /// In a mount namespace of its own, the launcher finds another file system where exit records go.
    private void mounted(String options) throws IOException {
        assumeTrue(Credentials.own().isRoot());
        prefix = List.of("unshare", "--mount", "sh", "-c",
                "mount -t tmpfs -o " + options + " none " + exits + " && exec \"$@\"", "sh", "setsid");
    }

    private int run(String shell, String... method) throws Exception {
        return end(start(shell, method));
    }

    private Process start(String shell, String... method) throws IOException {
        assumeTrue(Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, shell.split(" ")[0]))), shell);
        List<String> words = new ArrayList<>(prefix);
        words.addAll(Arrays.asList(shell.split(" ")));
        words.addAll(
                List.of("src/main/sh/svc.launch", "1", contract.toString(), mode, exits.toString(), log.toString(), early.toString(),
                        oomScore, openFiles));
        words.addAll(Arrays.asList(method));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Starts a launcher whose method has ended, and whose record waits for a reader.
    private Process startUpToItsRecord(String shell) throws Exception {
        assertEquals(0, end(new ProcessBuilder("mkfifo", exits.resolve("1.7").toString()).start()));
        Process launcher = start(shell, "sh", "-c", "echo done; exit 7");
        awaitLog("done\n");
        awaitIdle(launcher);
        return launcher;
    }

    private void letRecord(Process launcher) throws Exception {
        Files.newInputStream(exits.resolve("1.7")).close();
        assertEquals(0, end(launcher));
    }

    private static int end(Process process) throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private void assertRecorded(String... names) throws IOException {
        assertEquals(List.of(names), records());
    }

    private List<String> records() throws IOException {
        try (Stream<Path> records = Files.list(exits)) {
            return records.map(record -> record.getFileName().toString()).toList();
        }
    }

    /// Waits until a process has no child and sleeps.
    private static void awaitIdle(Process process) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        while (process.children().findAny().isPresent() || !Files.readString(stat).contains(") S ")) {
            assertTrue(System.nanoTime() < deadline, "still busy");
            Thread.onSpinWait();
        }
    }

    private void awaitLog(String text) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(log) || !Files.readString(log).equals(text)) {
            assertTrue(System.nanoTime() < deadline, "log has not: " + text);
            Thread.onSpinWait();
        }
    }
}
