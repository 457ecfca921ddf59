package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Verifying, reading the journal and going back to a backup, with the manager running and without.
@Timeout(300) class RestoreIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
        site.start();
        site.bring(Daemons.daemon("d"), Daemons.daemon("e"));
        site.awaitState("site/d", "online");
        site.awaitState("site/e", "online");
        // A backup that has both.
        site.killManager();
        site.await("a backup of now",
                () -> !newest().equals("") && site.svc("svccfg", "restore", "-n", newest()).out().equals("nothing\n"));
        site.ok("svccfg", "-s", "site/d:default", "addpg", "config", "application");
        site.ok("svccfg", "-s", "site/d:default", "setprop", "config/port", "=", "count:", "80");
        site.ok("svcadm", "disable", "-s", "site/e");
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    private String newest() {
        try (Stream<Path> files = Files.list(site.path("var/lib/svc/backup"))) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".db"))
                    .max(Comparator.comparingLong(n -> Long.parseLong(n.replaceAll("[^0-9]", "")))).orElse("");
        } catch (IOException _) {
            return "";
        }
    }

    private void killKeeperAndManager() {
        ProcessHandle keeper = site.keeper().orElseThrow();
        ProcessHandle manager = site.manager().orElseThrow();
        Site.kill(keeper);
        Site.kill(manager);
    }

    private void assertPreviewed(String preview) {
        assertTrue(preview.contains("svc:/site/d:default\n    config (admin): deleted\n"), preview);
        assertTrue(preview.contains("svc:/site/e:default: enabled\n    general (admin): "), preview);
    }

    private void assertRestored(List<Long> d) {
        site.awaitState("site/e", "online");
        assertEquals("", site.ok("svccfg", "-s", "site/d:default", "listprop", "config"));
        assertEquals(d, site.pids("site/d"));
        assertEquals(1, site.text("trace/d.starts").lines().count());
        assertEquals("Sound (V1 to V5).\n", site.ok("svccfg", "verify"));
        assertTrue(site.ok("svccfg", "journal").contains(" restore repository-"));
        // And so it stays, though the labels' numbers come from another epoch.
        site.killManager();
        site.awaitState("site/e", "online");
        assertEquals(d, site.pids("site/d"));
        assertEquals("", site.ok("svcs", "-x"));
    }

    @Test void restoreUnderARunningManagerTouchesOnlyWhatDiffers() {
        String backup = newest();
        List<Long> d = site.pids("site/d");
        assertTrue(site.ok("svccfg", "restore").contains("  " + backup + "\n"));
        assertPreviewed(site.ok("svccfg", "restore", "-n", backup));
        assertEquals("disabled", site.state("site/e"));
        assertEquals(backup + " restored.\n", site.ok("svccfg", "restore", backup));
        assertRestored(d);
    }

    @Test void restoreWithoutAManagerIsWhatTheNextOneBelieves() {
        String backup = newest();
        List<Long> d = site.pids("site/d");
        Site.Result held = site.svc("svc.startd", "--restore", backup);
        assertEquals(1, held.status());
        assertTrue(held.err().contains("svccfg restore " + backup), held.err());
        killKeeperAndManager();
        assertTrue(site.ok("svc.startd", "--backups").contains(backup));
        assertPreviewed(site.ok("svc.startd", "--preview", backup));
        assertTrue(site.ok("svc.startd", "--restore", backup).contains(backup + " restored"));
        assertEquals(d, d.stream().filter(pid -> ProcessHandle.of(pid).isPresent()).toList());
        site.start();
        assertRestored(d);
    }

    @Test void verifyFindsDamageWithAManagerAndWithout() throws Exception {
        String text = "Sound (V1 to V5; no manager is running, the files were read).\n";
        Path database = site.path("var/lib/svc/repository.db");
        killKeeperAndManager();
        assertEquals(text, site.ok("svccfg", "verify"));
        byte[] whole = Files.readAllBytes(database);
        byte[] damaged = whole.clone();
        damaged[damaged.length - 20] ^= 1;
        Files.write(database, damaged);
        Site.Result offline = site.svc("svccfg", "verify", "--json");
        assertEquals(1, offline.status(), offline.out() + offline.err());
        assertTrue(offline.out().startsWith("{\"sound\":false,\"by\":\"files\",\"findings\":[{\"level\":\"V"), offline.out());
        Files.write(database, whole);
        assertTrue(site.ok("svccfg", "journal", "site/e").lines().anyMatch(l -> l.endsWith(" 0 disable svc:/site/e:default")));
        site.start();
        // Backups are nobody's business until they are needed, or asked for.
        Path backup = site.path("var/lib/svc/backup").resolve(newest());
        byte[] copy = Files.readAllBytes(backup);
        Files.write(backup, Arrays.copyOf(copy, copy.length / 2));
        Site.Result online = site.svc("svccfg", "verify");
        assertEquals(1, online.status(), online.out());
        assertTrue(online.out().startsWith("damage: " + backup.getFileName() + ": its header promises"), online.out());
    }
}
