package dev.svc.contract;

import static dev.svc.contract.Bench.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.svc.model.Reason;
import dev.svc.model.WaitStatus;
import dev.svc.posix.ProcessStat;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Faults of members of a daemon that lives on, as the kernel tells of them.
class MemberFaultsIT {
    private static final long PATIENCE_SECONDS = 20;

    /// A daemon with two processes beside its main one.
    private static final String DAEMON = "sh -c 'sh -c \"sleep 1000 & sleep 1001 & sleep 1002 & wait\" & exit 0'";

    private Bench bench;
    private ContractId contract;

    @BeforeEach void startDaemon() throws Exception {
        bench = new Bench();
        bench.open();
        awaitFaultsTold();
        contract = bench.run(1, DAEMON);
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(0)), bench.next());
        bench.awaitMembers(contract, "sh", "sleep", "sleep", "sleep");
    }

    @AfterEach void close() throws Exception {
        bench.close();
    }

    @Test void workerThatDumpsCoreIsAFault() throws Exception {
        signal("SEGV", worker());
        assertFault(Reason.CT_EV_CORE);
    }

    @Test void workerThatItsParentMayHaveKilledIsNone() throws Exception {
        signal("KILL", worker());
        // Told in the order in which they died.
        signal("ABRT", worker());
        assertFault(Reason.CT_EV_CORE);
    }

    @Test void mainProcessKilledFromOutsideIsAFault() throws Exception {
        signal("KILL", main());
        assertFault(Reason.CT_EV_SIGNAL);
    }

    @Test void faultOfTheLastProcessIsToldBeforeEmpty() throws Exception {
        for (int last = 2; last < 10; last++) {
            ContractId single = bench.run(last, "sh -c 'sleep 1000 & exit 0'");
            assertEquals(new Event.MethodExited(single, WaitStatus.exited(0)), bench.next());
            bench.awaitMembers(single, "sleep");
            signal("SEGV", bench.contracts.members(WEB, single).getFirst().pid());
            assertEquals(new Event.MemberFault(single, Reason.CT_EV_CORE), bench.next());
            assertEquals(new Event.ContractEmptied(single), bench.next());
        }
    }

    @Test void mainProcessIsKnownAfterTakeover() throws Exception {
        bench.abandon();
        bench.open();
        awaitFaultsTold();
        signal("KILL", main());
        assertFault(Reason.CT_EV_SIGNAL);
    }

    @Test void launcherThatIsKilledIsNoFaultOfItsService() throws Exception {
        ContractId child = bench.run(2, "/bin/sleep 1000");
        bench.awaitMembers(child, "sh", "sleep");
        bench.abandon();
        bench.open();
        awaitFaultsTold();
        signal("KILL", bench.contracts.members(WEB, child).getFirst().pid());
        assertEquals(new Event.LauncherLost(child), bench.next());
        // Told after whatever became of the launcher.
        signal("SEGV", worker());
        assertFault(Reason.CT_EV_CORE);
    }

    @Test void signalOfOursIsNone() throws Exception {
        bench.contracts.signal(WEB, contract, "HUP");
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void signalWhileAnotherMethodIsAtWorkIsNone() throws Exception {
        ContractId method = bench.run(2, "/bin/sh -c 'kill -KILL " + main() + "'");
        assertEquals(new Event.MethodExited(method, WaitStatus.exited(0)), bench.next());
        assertEquals(new Event.ContractEmptied(method), bench.next());
        // Its workers have lost their parent, which was inside.
        signal("KILL", worker());
        assertTrue(bench.contracts.revoke(WEB, method));
        signal("ABRT", worker());
        assertFault(Reason.CT_EV_CORE);
    }

    @Test void processThatTheKernelKillsForMemoryIsAFaultAsSuch() throws Exception {
        Path group = memoryGroup();
        Files.createDirectory(group);
        try {
            Files.writeString(group.resolve("memory.limit_in_bytes"), "16M");
            ContractId greedy = bench.run(2, "/bin/sh -c 'echo 0 >" + group + "/cgroup.procs; (tail /dev/zero; sleep 1000) & wait'");
            assertEquals(new Event.MemberFault(greedy, Reason.CT_EV_MEMORY), bench.next());
            bench.contracts.kill(WEB, greedy);
            bench.await(event -> event.equals(new Event.ContractEmptied(greedy)));
        } finally {
            remove(group);
        }
    }

    // Where memory is limited by groups of the first version; with the second it would be the contract's own.
    private static Path memoryGroup() throws IOException {
        Optional<String> own = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .filter(line -> line.matches("[0-9]+:memory:.*")).map(line -> line.replaceFirst("[0-9]+:memory:", "")).findFirst();
        Path parent = Path.of("/sys/fs/cgroup/memory" + own.orElse("/missing"));
        assumeTrue(Files.isWritable(parent) && Files.exists(parent.resolve("memory.limit_in_bytes")));
        return parent.resolve("svc-test-" + ProcessHandle.current().pid());
    }

    private static void remove(Path group) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(group.resolve("cgroup.procs")).isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        Files.delete(group);
    }

    private void awaitFaultsTold() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (bench.contracts.faultsTold() != Contracts.Faults.ALL && System.nanoTime() < deadline && isPromised()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assumeTrue(bench.contracts.faultsTold() == Contracts.Faults.ALL || isPromised());
        assertEquals(Contracts.Faults.ALL, bench.contracts.faultsTold());
    }

    // To root in the first namespaces, where kernel threads are.
    private static boolean isPromised() throws IOException {
        for (String kind : List.of("net", "pid", "user")) {
            Path first = Path.of("/proc/2/ns/" + kind);
            if (!Files.isSymbolicLink(first)
                    || !Files.readSymbolicLink(first).equals(Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)))) {
                return false;
            }
        }
        return true;
    }

    private void assertFault(Reason reason) throws InterruptedException {
        assertEquals(new Event.MemberFault(contract, reason), bench.next());
    }

    private long main() {
        return pids("sh").findFirst().orElseThrow();
    }

    private long worker() {
        return pids("sleep").findFirst().orElseThrow();
    }

    private Stream<Long> pids(String command) {
        return bench.contracts.members(WEB, contract).stream().filter(member -> member.command().equals(command))
                .map(Contracts.Member::pid);
    }

    /// Sends a signal from outside, and waits until the process is dead.
    private static void signal(String name, long pid) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ProcessStat.of(pid).filter(stat -> !stat.isZombie()).isPresent()) {
            assertTrue(System.nanoTime() < deadline, "process " + pid + " survived signal " + name);
            Thread.onSpinWait();
        }
    }
}
