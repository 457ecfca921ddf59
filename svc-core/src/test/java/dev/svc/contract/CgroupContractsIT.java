package dev.svc.contract;

import static dev.svc.contract.Bench.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Contracts on the kernel's cgroups.
class CgroupContractsIT {
    private Bench bench;

    @BeforeEach void open() throws Exception {
        bench = new Bench();
        assertEquals(List.of(), bench.open());
        assertEquals(Contracts.Containment.CGROUP, bench.contracts.containment());
    }

    @AfterEach void close() throws Exception {
        bench.close();
    }

    @Test void exitIsToldBeforeEmptied() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'echo hello; exit 3'");
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(3)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertEquals("hello\n", bench.log());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void daemonOutlivesItsStartMethodUntilItIsKilled() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'setsid sleep 1000 & exit 0'");
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(0)), bench.next());
        bench.awaitMembers(contract, "sleep");
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.kill(WEB, contract);
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void killedContractIsToldToBeEmptyWithoutARecord() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.kill(WEB, contract);
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void launcherThatIsKilledIsLostThoughItsMethodLives() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        ProcessHandle.of(bench.contracts.members(WEB, contract).getFirst().pid()).orElseThrow().destroyForcibly();
        assertEquals(new Event.LauncherLost(contract), bench.next());
        bench.contracts.signal(WEB, contract, "TERM");
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void signalReachesEveryProcessAndTheLauncherRecordsIt() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.signal(WEB, contract, "TERM");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(15)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void signalTheLauncherCouldNotSurviveIsNotSentToIt() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.signal(WEB, contract, "36");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(36)), bench.next());
    }

    @Test void signalReachesNestedGroups() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'mkdir $0/in; echo 0 >$0/in/cgroup.procs; exec sleep 1000' " + group(1));
        bench.awaitMembers(contract, "sh", "sleep");
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.signal(WEB, contract, "HUP");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(1)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void launcherOfARevokedContractRunsNothing() throws Exception {
        ContractId contract = new ContractId(1);
        bench.contracts.create(WEB, contract);
        assertTrue(bench.contracts.revoke(WEB, contract));
        bench.contracts.launch(bench.launch(contract, "/bin/touch " + bench.root.path().resolve("ran")));
        ContractId other = bench.run(2, "/bin/true");
        assertEquals(new Event.MethodExited(other, WaitStatus.exited(0)), bench.next());
        assertFalse(Files.exists(bench.root.path().resolve("ran")));
    }

    @Test void refusedRevocationIsFollowedByEmpty() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.signal(WEB, contract, "TERM");
        while (!bench.contracts.revoke(WEB, contract)) {
            bench.await(event -> event instanceof Event.ContractEmptied);
        }
    }

    @Test void recordBesideTheContractIsFoundAndDropped() throws Exception {
        Path exits = bench.root.run().resolve("exit");
        Files.delete(exits);
        ContractId contract = bench.run(1, "sh -c 'sleep 1000 & exit 5'");
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(5)), bench.next());
        Path record = Path.of(group(1) + ".5");
        assertTrue(Files.isDirectory(record));
        bench.contracts.dropExitRecord(contract);
        assertFalse(Files.exists(record));
    }

    @Test void droppedRecordIsGone() throws Exception {
        ContractId contract = bench.run(1, "/bin/true");
        bench.await(event -> event instanceof Event.ContractEmptied);
        assertTrue(Files.exists(bench.root.run().resolve("exit/1.0")));
        bench.contracts.dropExitRecord(contract);
        assertFalse(Files.exists(bench.root.run().resolve("exit/1.0")));
    }

    private String group(long contract) throws IOException {
        return bench.group().resolve("site/web:default/" + contract).toString();
    }
}
