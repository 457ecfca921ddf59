package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupMountTest {
    private static final String HYBRID = """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            37 31 0:34 / /sys/fs/cgroup/freezer rw,relatime - cgroup cgroup rw,freezer
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:4 - cgroup2 cgroup2 rw
            """;

    @Test void mountIsFoundWhereverItIs() {
        assertEquals(List.of(new CgroupMount(Path.of("/sys/fs/cgroup/unified"), Path.of("/"))), CgroupMount.in(HYBRID));
        assertEquals(List.of(), CgroupMount.in("31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup cgroup2 rw\n"));
    }

    @Test void blanksInItsPathAreUnescaped() {
        CgroupMount mount = CgroupMount.in("41 31 0:38 /a\\040b /mnt/my\\040groups rw - cgroup2 none rw").getFirst();
        assertEquals(new CgroupMount(Path.of("/mnt/my groups"), Path.of("/a b")), mount);
    }

    @Test void ownGroupIsSeenBelowTheMount() {
        CgroupMount mount = CgroupMount.in(HYBRID).getFirst();
        String own = "9:name=systemd:/\n0::/system.slice/svc.service\n";
        assertEquals(Optional.of(Path.of("/sys/fs/cgroup/unified/system.slice/svc.service")), mount.own(own));
        assertEquals(Optional.of(Path.of("/sys/fs/cgroup/unified")), mount.own("0::/\n"));
        assertEquals(Optional.empty(), mount.own("9:name=systemd:/\n"));
    }

    @Test void ownGroupOutsideOfWhatIsMountedIsNotSeen() {
        CgroupMount mount = new CgroupMount(Path.of("/cg"), Path.of("/docker/17"));
        assertEquals(Optional.empty(), mount.own("0::/user.slice\n"));
        assertEquals(Optional.of(Path.of("/cg/in")), mount.own("0::/docker/17/in\n"));
    }

    @Test void topComesBeforeOurOwnGroupUnlessThatIsDelegated() {
        assertEquals(List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup/unified/user.slice/none")),
                CgroupPlaces.of(HYBRID, "0::/user.slice/none\n").candidates());
        assertEquals(List.of(), CgroupPlaces.of("", "0::/\n").candidates());
    }
}
