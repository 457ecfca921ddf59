package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A short soak with each kind of rights a manager may have.
@Timeout(600) class SoakIT {
    private static final int NOBODY = 65534;

    @Test void asRootWithCgroups() throws Exception {
        assumeRoot();
        try (Site site = Site.create()) {
            soak(site, 24, 15);
            assertFalse(site.ok("svcs", "-l", "site/kept0").contains("fallback"));
        }
    }

    @Test void asAnOrdinaryUserWithoutCgroups() throws Exception {
        assumeRoot();
        try (Site site = Site.of(NOBODY)) {
            site.withoutExample();
            soak(site, 24, 8);
            assertTrue(site.ok("svcs", "-l", "site/kept0").contains("containment  fallback"), site.ok("svcs", "-l", "site/kept0"));
            assertTrue(site.groups().isEmpty());
        }
    }

    @Test void asAnOrdinaryUserToWhomACgroupWasDelegated() throws Exception {
        assumeRoot();
        try (Site site = Site.delegatedTo(NOBODY)) {
            soak(site, 24, 8);
            assertFalse(site.ok("svcs", "-l", "site/kept0").contains("fallback"));
            assertEquals(1, site.groups().size());
        }
    }

    private static void assumeRoot() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "with rights of all kinds only root can begin");
    }

    private static void soak(Site site, int services, int kills) throws Exception {
        long seed = Long.getLong("svc.seed", System.nanoTime());
        System.out.println("SoakIT: -Dsvc.seed=" + seed);
        Soak.Figures figures = Soak.run(new Soak.Measure(services, kills, Duration.ofMinutes(5), seed), site);
        System.out.println(figures);
        assertEquals("", String.join("\n", figures.wrong()));
    }
}
