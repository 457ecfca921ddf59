package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {
    private static final String EVENTS = "low 0\nhigh 12\nmax 9\noom 3\noom_kill %d\noom_group_kill 7\n";

    @TempDir Path group;

    @Test void counterIsTheLineOfThatName() throws Exception {
        write(2);
        assertEquals(OptionalLong.of(2), OomKills.count(file()));
    }

    @Test void fileThatIsMissingOrCountsNothingIsNoCounter() throws Exception {
        assertEquals(OptionalLong.empty(), OomKills.count(file()));
        Files.writeString(file(), "low 0\noom_kill_group 3\noom_kill many\n");
        assertEquals(OptionalLong.empty(), OomKills.count(file()));
    }

    @Test void whatWasToldOfAContractIsRememberedOnItsGroup() throws Exception {
        // As the memory controller would, a directory that keeps attributes has the file.
        Membership contract = new CgroupMembership(new ContractId(17), new Cgroup(group));
        assertEquals(OptionalLong.empty(), contract.untoldOomKills());
        write(0);
        assertEquals(OptionalLong.empty(), contract.untoldOomKills());
        write(2);
        assertEquals(OptionalLong.of(2), contract.untoldOomKills());
        contract.markOomKills(2);
        assertEquals(OptionalLong.empty(), contract.untoldOomKills());
        write(3);
        assertEquals(OptionalLong.of(3), contract.untoldOomKills());
    }

    private void write(int kills) throws IOException {
        Files.writeString(file(), EVENTS.formatted(kills));
    }

    private Path file() {
        return group.resolve(Cgroup.MEMORY_EVENTS);
    }
}
