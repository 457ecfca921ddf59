package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database is damaged, or labels are, under a running system, with the manager dead or alive. */
@Timeout(300) class DamageIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
            "TRUNCATED, DEAD",
            "TRUNCATED, ALIVE",
            "GARBAGE, DEAD",
            "GARBAGE, ALIVE",
            "DELETED, DEAD",
            "DELETED, ALIVE"}) void damageIsNoticedMendedAndReportedAndNothingRestarts(Damage damage, ManagerIs managerIs)
                    throws Exception {
        site.start();
        site.bring(Daemons.daemon("d"), Daemons.disabledDaemon("later"));
        site.awaitState("site/d", "online");
        site.ok("svcadm", "enable", "-s", "site/later");
        List<Long> d = site.pids("site/d");
        List<Long> later = site.pids("site/later");
        if (managerIs == ManagerIs.DEAD) {
            ProcessHandle keeper = site.keeper().orElseThrow();
            ProcessHandle manager = site.manager().orElseThrow();
            Site.kill(keeper);
            Site.kill(manager);
        }
        damage.to(site.path("var/lib/svc/repository.db"));
        if (managerIs == ManagerIs.DEAD) {
            site.start();
        }

        site.await("reported by svcs -x", () -> site.svc("svcs", "-x").out().contains("svc:/system/svc/restarter:default"));
        assertEquals(damage == Damage.DELETED ? 0 : 1, kept().size(), "a damaged file is kept: " + kept());
        assertTrue(reports().stream().anyMatch(r -> r.contains("repository.db")), reports().toString());
        assertEquals(d, site.pids("site/d"));
        assertEquals(later, site.pids("site/later"));
        assertEquals("true", site.ok("svcprop", "-cp", "general/enabled", "site/later:default").strip());
        assertEquals(1, site.text("trace/d.starts").lines().count());
        assertEquals(1, site.text("trace/later.starts").lines().count());

        site.ok("svcadm", "clear", "svc:/system/svc/restarter:default");
        assertEquals("", site.ok("svcs", "-x"));
        site.ok("svcadm", "disable", "-s", "site/later");
        site.killManager();
        assertEquals("disabled", site.state("site/later"));
        assertEquals("", site.ok("svcs", "-x"));
    }

    @Test void whatWasReportedIsStillToBeReadWhenTheManagerIsAnother() throws Exception {
        site.start();
        Files.delete(site.path("var/lib/svc/repository.db"));
        site.await("reported by svcs -x", () -> site.svc("svcs", "-x").out().contains("repository.db: the file is missing (V1)"));
        site.killManager();
        String explained = site.ok("svcs", "-x");
        assertTrue(explained.contains("reports: " + site.path("var/lib/svc/report") + "\n"), explained);
        site.ok("svcadm", "clear", "svc:/system/svc/restarter:default");
        site.killManager();
        assertEquals("", site.ok("svcs", "-x"));
    }

    /// The second manager took it for deleted, and stopped it; and once it was imported again it could not be disabled.
    @Test void whatRunsWithoutADefinitionIsKeptByEveryManagerUntilItIsImportedAgain() throws Exception {
        site.start();
        site.bring(Daemons.daemon("d"));
        site.awaitState("site/d", "online");
        List<Long> pids = site.pids("site/d");
        ProcessHandle keeper = site.keeper().orElseThrow();
        ProcessHandle manager = site.manager().orElseThrow();
        Site.kill(keeper);
        Site.kill(manager);
        try (Stream<Path> files = Files.walk(site.path("var/lib/svc"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        String verified = site.svc("svccfg", "verify").out();
        assertTrue(verified.contains("; unless a manifest folder has it, it is kept as it is until it is imported again"), verified);
        site.start();
        for (int i = 0; i < 2; i++) {
            assertEquals("degraded", site.state("site/d"));
            assertTrue(site.ok("svcs", "-x", "site/d").contains("The repository lost its definition."));
            assertEquals(pids, site.pids("site/d"));
            site.killManager();
        }
        site.bring(Daemons.daemon("d"));
        site.awaitState("site/d", "online");
        assertEquals(pids, site.pids("site/d"));
        site.ok("svcadm", "disable", "-s", "site/d");
        assertEquals(List.of(), site.pids("site/d"));
        site.ok("svccfg", "delete", "site/d");
        site.killManager();
        assertEquals(1, site.svc("svcs", "site/d").status());
    }

    @Test void labelsThatAreLostUnderARunningManagerAreWrittenAgainBeforeTheNextOneNeedsThem() throws Exception {
        site.start();
        site.bring(Daemons.daemon("d"), Daemons.daemon("down"), Daemons.oneShot("once"));
        site.awaitState("site/d", "online");
        site.awaitState("site/once", "online");
        site.ok("svcadm", "disable", "-st", "site/down");
        site.ok("svcadm", "mark", "-I", "maintenance", "site/d");
        List<Long> d = site.pids("site/d");
        Site.deleteTree(site.path("run/svc/label"));
        Files.write(site.path("run/svc/root"), new byte[]{'{'});
        for (Path root : site.groups()) {
            Files.getFileAttributeView(root, UserDefinedFileAttributeView.class).delete("svc.root");
            for (String name : List.of("d", "down")) {
                Files.getFileAttributeView(root.resolve("site/" + name + ":default"), UserDefinedFileAttributeView.class)
                        .write("svc.label", ByteBuffer.wrap(new byte[]{0}));
            }
        }

        Site.Result verified = site.svc("svccfg", "verify");
        assertEquals(1, verified.status());
        for (String name : List.of("d", "down")) {
            String copy = "damage: run/svc/label: svc:/site/" + name + ":default: label was gone; written again from memory (V5)\n";
            assertTrue(verified.out().contains(copy), verified.out());
        }
        assertTrue(verified.out().contains("damage: run/svc/root: record of the root was damaged; written again from memory (V5)\n"),
                verified.out());
        assertEquals("Sound (V1 to V5).\n", site.ok("svccfg", "verify"));
        site.await("reported", () -> site.svc("svcs", "-x", "restarter").out().contains("others like it"));
        assertTrue(reports().stream().anyMatch(r -> r.contains("site/down:default: label was gone")), reports().toString());
        site.ok("svcadm", "clear", "svc:/system/svc/restarter:default");

        site.killManager();
        assertFalse(site.svc("svcs", "-x").out().contains("svc:/system/svc/restarter:default"), "nothing was lost, nothing to report");
        assertEquals("maintenance", site.state("site/d"));
        assertEquals(d, site.pids("site/d"));
        assertEquals("disabled", site.state("site/down"));
        assertEquals("true", site.ok("svcprop", "-cp", "general/enabled", "site/down:default").strip());
        assertEquals("online", site.state("site/once"));
        assertEquals(1, site.text("trace/once.starts").lines().count());
        assertEquals("Sound (V1 to V5).\n", site.ok("svccfg", "verify"));
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(site.path("var/lib/svc"))) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith("repository.db.damaged-") && !n.endsWith("-journal"))
                    .toList();
        }
    }

    private List<String> reports() throws IOException {
        try (Stream<Path> files = Files.list(site.path("var/lib/svc/report"))) {
            return files.map(f -> site.text(site.root().relativize(f).toString())).toList();
        }
    }

    enum ManagerIs {
        DEAD, ALIVE
    }

    enum Damage {
        TRUNCATED {
            @Override void to(Path database) throws IOException {
                try (var channel = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
                    channel.truncate(Files.size(database) / 2);
                }
            }
        },
        GARBAGE {
            @Override void to(Path database) throws IOException {
                byte[] noise = new byte[(int) Files.size(database)];
                new Random(42).nextBytes(noise);
                Files.write(database, noise);
            }
        },
        DELETED {
            @Override void to(Path database) throws IOException {
                Files.delete(database);
            }
        };

        abstract void to(Path database) throws IOException;
    }
}
