package dev.svc.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The ends of processes as the kernel tells them.
class ProcessWatchIT {
    private static final long PATIENCE_SECONDS = 20;
    private static final int SEGV = 11;

    private final LinkedBlockingQueue<Death> deaths = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private ProcessWatch watch;

    @BeforeEach void begin() {
        watch = new ProcessWatch(new ProcessWatch.Listener() {
            @Override public void begun(boolean tellsDeaths) {
                begun.complete(tellsDeaths);
            }

            @Override public void died(Death death) {
                deaths.add(death);
            }

            @Override public void missed() {}

            @Override public void ended() {}
        });
        watch.begin();
    }

    @AfterEach void close() {
        watch.close();
    }

    @Test void endOfAProcessThatIsNotOurChildIsTold() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!").start();
        long pid = Long.parseLong(shell.inputReader().readLine());
        ProcessIdentity sleep = ProcessStat.of(pid).orElseThrow().identity();
        CompletableFuture<ProcessIdentity> ended = new CompletableFuture<>();
        watch.await(sleep, _ -> ended.complete(sleep));
        assertTrue(!ended.isDone());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertEquals(sleep, ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test void howAProcessEndedIsToldBeforeAndAfterItsParentHasNoticed() throws Exception {
        for (String then : HeldProcess.isEndTold() ? List.of("read line", "wait; echo reaped; read line") : List.of("read line")) {
            Process shell = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; read line; kill -SEGV $!; " + then).start();
            ProcessIdentity sleep = ProcessStat.of(Long.parseLong(shell.inputReader().readLine())).orElseThrow().identity();
            CompletableFuture<Integer> ended = new CompletableFuture<>();
            watch.await(sleep, status -> ended.complete(status.orElse(-1) & 0x7f));
            shell.outputWriter().append('\n').flush();
            assertEquals(SEGV, ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            shell.destroyForcibly();
        }
    }

    @Test void endIsToldFromARelease() {
        assertEquals(List.of(false, false, true, true, true, false),
                Stream.of("5.10.0-28-amd64", "6.14.9", "6.15.0-rc1", "6.18.44-x", "7.0",
                        "strange").map(HeldProcess::isEndToldBy).toList());
    }

    @Test void processThatIsGoneOrAnotherHasEnded() throws Exception {
        long self = ProcessHandle.current().pid();
        ProcessIdentity predecessor = new ProcessIdentity(self, ProcessStat.of(self).orElseThrow().startTicks() - 1);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        watch.await(predecessor, _ -> ended.complete(true));
        assertTrue(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test void deathBySignalIsToldWithParentAndCoreDumpBefore() throws Exception {
        awaitDeathsTold();
        Process parent = new ProcessBuilder("sh", "-c", "sh -c 'kill -SEGV $$' & echo $!; wait").start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        Death dumping = next(pid);
        assertEquals(new Death(Death.Stage.DUMPING, pid, 0, parent.pid(), dumping.nanos()), dumping);
        Death ended = next(pid);
        assertEquals(new Death(Death.Stage.ENDED, pid, SEGV, parent.pid(), ended.nanos()), ended);
        assertTrue(ended.isCore());
        assertTrue(dumping.nanos() < ended.nanos() && ended.nanos() < System.nanoTime(), "one clock");
    }

    @Test void deathOfAProcessWithThreadsIsToldOnceAndExitsAreNot() throws Exception {
        awaitDeathsTold();
        assertEquals(0, new ProcessBuilder("sh", "-c", "exit 0").start().waitFor());
        assertEquals(7, new ProcessBuilder("sh", "-c", "exit 7").start().waitFor());
        Process threaded = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Sleeper.class.getName())).start();
        assertEquals('.', threaded.inputReader().read());
        threaded.destroyForcibly();
        Process last = new ProcessBuilder("sh", "-c", "kill -KILL $$").start();
        assertEquals(threaded.pid(), next(threaded.pid(), last.pid()).pid());
        assertEquals(last.pid(), next(threaded.pid(), last.pid()).pid());
    }

    /// A process with many threads, as any of Java's.
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println('.');
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    // Root in the first namespaces must be told; others may be.
    private void awaitDeathsTold() throws Exception {
        boolean told = begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assumeTrue(told || Credentials.own().isRoot() && isFirst("net") && isFirst("pid") && isFirst("user"));
        assertTrue(told && watch.tellsDeaths());
    }

    // Kernel threads are in the first namespaces.
    private static boolean isFirst(String kind) throws IOException {
        return Files.isSymbolicLink(Path.of("/proc/2/ns/" + kind))
                && Files.readSymbolicLink(Path.of("/proc/2/ns/" + kind)).equals(Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)));
    }

    private Death next(Long... pids) throws InterruptedException {
        while (true) {
            Death death = deaths.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(death, "no death was told");
            if (List.of(pids).contains(death.pid())) {
                return death;
            }
        }
    }
}
