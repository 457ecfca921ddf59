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

    @Test void signalReachesNestedGroups() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'mkdir $0/in; echo 0 >$0/in/cgroup.procs; exec sleep 1000' " + group(1));
        bench.awaitMembers(contract, "sh", "sleep");
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.signal(WEB, contract, "HUP");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(1)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertTrue(bench.contracts.revoke(WEB, contract));
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

    private String group(long contract) throws IOException {
        return bench.group().resolve("site/web:default/" + contract).toString();
    }
}
