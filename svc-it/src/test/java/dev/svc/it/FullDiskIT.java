package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The repository's file system is full, then read-only, under a running manager: a small tmpfs in a mount namespace of its own.
///
/// Changes are refused with a reason, nothing acknowledged is lost, services are supervised, and it heals without a restart.
@Timeout(300) class FullDiskIT {
    private static final String SIZE = "4m";
    private static final int MOST_IN_A_PAGE = 5;

    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
        Files.createDirectories(site.path("var/lib/svc"));
        String mount = "mount -t tmpfs -o mode=700,size=" + SIZE + " tmpfs \"$SVC_ROOT/var/lib/svc\" && exec \"$0\" --daemon";
        Site.Result started = site.command("unshare", "--mount", "sh", "-c", mount, Site.TREE.resolve("bin/svc.startd").toString());
        assertEquals(0, started.status(), () -> started.out() + started.err() + site.managerLog());
        site.bring(Daemons.daemon("d"), Daemons.disabledDaemon("later"));
        site.awaitState("site/d", "online");
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    /// The repository's directory as the manager sees it.
    private Path state() {
        return Path.of("/proc", Long.toString(site.manager().orElseThrow().pid()), "root").resolve(
                site.path("var/lib/svc").toString().substring(1));
    }

    private void fill() throws IOException {
        try (FileChannel filler = FileChannel.open(state().resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var block = ByteBuffer.allocate(4096);
            while (true) {
                block.clear();
                filler.write(block);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left"), e.getMessage());
        }
    }

    /// Runs a command in the mount namespace that the manager and its services are in.
    private Site.Result within(String... words) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(site.pids("site/d").getFirst()), "--mount"));
        all.addAll(List.of(words));
        return site.command(all.toArray(String[]::new));
    }

    private void assertRefusedAndSupervised(String reason) {
        // The page that the journal ends in may have room for some more lines.
        Site.Result last = site.svc("svcadm", "disable", "-c", "x".repeat(1000), "site/later");
        for (int i = 0; i < MOST_IN_A_PAGE && last.status() == 0; i++) {
            last = site.svc("svcadm", "disable", "-c", "x".repeat(1000), "site/later");
        }
        assertEquals(1, last.status(), last.out());
        assertTrue(last.err().contains(reason), last.err());
        List<Long> before = site.pids("site/d");
        before.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        site.await("restarted", () -> !site.pids("site/d").isEmpty() && !site.pids("site/d").equals(before)
                && site.state("site/d").equals("online"));
    }

    private void assertHealed(ProcessHandle manager) {
        site.ok("svcadm", "enable", "-s", "site/later");
        assertEquals("online", site.state("site/later"));
        assertEquals(manager, site.manager().orElseThrow());
        site.ok("svccfg", "verify");
        site.ok("svcadm", "disable", "-s", "site/later");
    }

    @Test void fullDiskRefusesChangesAndHealsWithoutARestart() throws Exception {
        ProcessHandle manager = site.manager().orElseThrow();
        fill();
        assertRefusedAndSupervised("No space left on device");
        Files.delete(state().resolve("filler"));
        assertHealed(manager);
    }

    @Test void managerThatBeginsOnAFullDiskLosesNothingAndHeals() throws Exception {
        site.ok("svcadm", "enable", "-s", "site/later");
        site.ok("svcadm", "disable", "-s", "site/later");
        List<Long> pids = site.pids("site/d");
        fill();
        site.killManager();
        site.await("back", () -> site.state("site/d").equals("online"));
        assertEquals(pids, site.pids("site/d"));
        assertRefusedAndSupervised("No space left on device");
        Files.delete(state().resolve("filler"));
        assertHealed(site.manager().orElseThrow());
    }

    /// A file system that is open for writing cannot be made read-only, so the manager is ended for a moment.
    @Test void managerThatBeginsOnAReadOnlyFileSystemRefusesChangesAndHeals() {
        List<Long> pids = site.pids("site/d");
        String[] remount = {"mount", "-o", "remount,ro,size=" + SIZE, site.path("var/lib/svc").toString()};
        String nsenter = "nsenter --target " + pids.getFirst() + " --mount ";
        site.ok("svc.startd", "--stop");
        Site.Result result = site.command("sh", "-c", nsenter + String.join(" ", remount) + " && " + nsenter
                + Site.TREE.resolve("bin/svc.startd") + " --daemon");
        assertEquals(0, result.status(), () -> result.out() + result.err() + site.managerLog());
        assertEquals(pids, site.pids("site/d"));
        assertRefusedAndSupervised("Read-only file system");
        assertEquals(0, within("mount", "-o", "remount,rw,size=" + SIZE, site.path("var/lib/svc").toString()).status());
        assertHealed(site.manager().orElseThrow());
    }
}
