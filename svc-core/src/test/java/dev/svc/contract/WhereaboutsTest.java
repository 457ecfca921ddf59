package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.contract.Whereabouts.Inside;
import dev.svc.contract.Whereabouts.Outside;
import dev.svc.contract.Whereabouts.Unknown;
import dev.svc.restarter.ContractId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private final Whereabouts.Map map = Whereabouts.Map.of(Path.of("/sys/fs/cgroup/unified/svc"),
            "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n");

    @Test void contractIsReadOffThePath() {
        assertEquals(inside(17), map.in("9:name=systemd:/\n0::/svc/network/ssh:default/17\n"));
        assertEquals(inside(17), map.in("0::/svc/network/ssh:default/17 (deleted)\n"));
    }

    @Test void whatIsNoContractOfOursIsOutside() {
        assertEquals(new Outside(), map.in("0::/\n"));
        assertEquals(new Outside(), map.in("0::/svc\n"));
        assertEquals(new Outside(), map.in("0::/svc/network/ssh:default\n"));
        assertEquals(new Outside(), map.in("0::/svc/network/ssh:default/17.0\n"));
        assertEquals(new Outside(), map.in("0::/svc/network/ssh:default/17/nested\n"));
        assertEquals(new Outside(), map.in("0::/svc/network/ssh:default/17/more:odd/3\n"));
        assertEquals(new Outside(), map.in("0::/svc-0a1b/network/ssh:default/17\n"));
        assertEquals(new Outside(), map.in("0::/user.slice/site:default/17\n"));
    }

    @Test void whoHasNoGroupIsNowhere() {
        assertEquals(new Unknown(), map.in("1:cpu:/\n"));
        assertEquals(new Unknown(), map.of(0));
    }

    @Test void mountMayShowAGroupOfItsOwnAsTheTop() {
        Whereabouts.Map inContainer = Whereabouts.Map.of(Path.of("/cgroup/svc"), "41 31 0:38 /pod/4 /cgroup rw - cgroup2 cgroup2 rw\n");
        assertEquals(inside(3), inContainer.in("0::/pod/4/svc/site/web:default/3\n"));
        assertEquals(new Outside(), inContainer.in("0::/svc/site/web:default/3\n"));
    }

    private static Whereabouts inside(long contract) {
        return new Inside(new ContractId(contract));
    }
}
