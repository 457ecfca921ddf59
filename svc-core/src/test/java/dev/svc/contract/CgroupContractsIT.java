package dev.svc.contract;

import static dev.svc.contract.Bench.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
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
        assertEquals("sleep", bench.contracts.members(WEB, contract).getFirst().command());
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.kill(WEB, contract);
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }
}
