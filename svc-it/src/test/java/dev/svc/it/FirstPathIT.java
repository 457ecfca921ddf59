package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a manifest to running processes, by the installed commands. */
@Timeout(300) class FirstPathIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    @Test void secondManagerOfARootIsRefused() {
        site.start();
        Site.Result second = site.svc("svc.startd", "--daemon");
        assertEquals(2, second.status());
        assertTrue(second.err().contains("is running already"), second.err());
        Site.Result third = site.svc("svc.startd");
        assertEquals(2, third.status());
        assertTrue(third.err().contains("another manager"), third.err());
    }

    @Test void commandsSayHowToStartAManagerThatDoesNotRun() {
        for (String command : List.of("svcs", "svcadm", "svcprop")) {
            Site.Result result = switch (command) {
                case "svcadm" -> site.svc(command, "enable", "x");
                case "svcprop" -> site.svc(command, "x");
                default -> site.svc(command);
            };
            assertEquals(1, result.status(), command);
            assertEquals("", result.out(), command);
            assertEquals(1, result.err().lines().count(), result.err());
            assertTrue(result.err().contains("svc.startd --daemon"), result.err());
        }
    }

    @Test void dependenciesComeUpFirstAndGoDownLast() throws Exception {
        site.start();
        site.bring(Daemons.disabledDaemon("base"), Daemons.disabledDaemon("middle", "base"), Daemons.disabledDaemon("top", "middle"));
        site.ok("svcadm", "enable", "-rs", "site/top");
        for (String name : List.of("base", "middle", "top")) {
            assertEquals("online", site.state("site/" + name));
            assertEquals(1, site.pids("site/" + name).size());
        }
        site.ok("svcadm", "disable", "-s", "site/base");
        assertEquals("disabled", site.state("site/base"));
        assertEquals("offline", site.state("site/top"));
        assertEquals("offline", site.state("site/middle"));
        Site.Result why = site.svc("svcs", "-x", "site/top");
        assertTrue(why.out().contains("svc:/site/base:default is disabled"), why.out());
        site.ok("svcadm", "enable", "-s", "site/base");
        site.awaitState("site/top", "online");
        assertEquals(2, site.text("trace/top.starts").lines().count());
    }

    @Test void processThatIsKilledIsReplaced() throws Exception {
        site.start();
        site.bring(Daemons.daemon("d"), Daemons.child("c"));
        for (String name : List.of("site/d", "site/c")) {
            site.awaitState(name, "online");
            long old = site.pids(name).getFirst();
            ProcessHandle.of(old).orElseThrow().destroyForcibly();
            site.await(name + " restarted", () -> {
                List<Long> now = site.pids(name);
                return now.size() == 1 && now.getFirst() != old && site.state(name).equals("online");
            });
        }
    }

    @Test void startThatFailsThriceEndsInMaintenanceAndIsExplained() throws Exception {
        site.start();
        site.bring(Daemons.service("bad", true, new String[0],
                "echo broken configuration; test -e $SVC_ROOT/repaired || exit 3; sleep 100000 &amp; exit 0",
                ":kill", ""), Daemons.daemon("user", "bad"));
        site.awaitState("site/bad", "maintenance");
        String why = site.ok("svcs", "-x");
        assertTrue(why.contains("svc:/site/bad:default"), why);
        assertTrue(why.contains("Reason: Start method failed repeatedly, last exited with status 3."), why);
        assertTrue(why.contains("SMF-8000-KS"), why);
        assertTrue(why.contains("site-bad:default.log"), why);
        assertTrue(why.contains("Impact: 1 dependent service is not running."), why);
        assertTrue(why.contains("svcadm clear"), why);
        assertEquals(3, site.log("site-bad:default").lines().filter(l -> l.equals("broken configuration")).count());
        site.write("repaired", "");
        site.ok("svcadm", "clear", "site/bad");
        site.awaitState("site/user", "online");
        assertEquals("", site.ok("svcs", "-x"));
    }

    @Test void killedTooOftenEndsInMaintenance() throws Exception {
        site.start();
        site.bring(Daemons.daemon("d"));
        for (int i = 0; i < 4; i++) {
            int starts = i + 1;
            site.await("start " + starts, () -> site.text("trace/d.starts").lines().count() == starts && site.pids("site/d").size() == 1);
            ProcessHandle.of(site.pids("site/d").getFirst()).orElseThrow().destroyForcibly();
        }
        site.awaitState("site/d", "maintenance");
        assertTrue(site.ok("svcs", "-x").contains("Reason: Restarting too quickly"));
    }

    @Test void refreshRunsItsMethodAndKeepsTheProcess() throws Exception {
        site.start();
        site.bring(Daemons.daemon("d"));
        site.awaitState("site/d", "online");
        List<Long> before = site.pids("site/d");
        site.ok("svcadm", "refresh", "site/d");
        site.await("refreshed", () -> site.log("site-d:default").contains("Rereading configuration."));
        assertEquals(before, site.pids("site/d"));
        site.ok("svcadm", "restart", "site/d");
        site.await("restarted", () -> site.state("site/d").equals("online") && !site.pids("site/d").equals(before));
        assertNotEquals(before, site.pids("site/d"));
    }

    @Test void temporarySettingsDoNotTouchThePermanentOne() throws Exception {
        site.start();
        site.bring(Daemons.disabledDaemon("d"));
        site.ok("svcadm", "enable", "-ts", "site/d");
        assertTrue(site.ok("svcs", "-l", "site/d").contains("enabled      true (temporary)"));
        assertEquals("false", site.ok("svcprop", "-cp", "general/enabled", "site/d:default").strip());
        site.ok("svcadm", "disable", "-s", "site/d");
        assertTrue(site.ok("svcs", "-l", "site/d").contains("enabled      false\n"));
    }

    @Test void importingAgainIsSilentAndKeepsLocalChanges() throws Exception {
        site.start();
        site.bring(Daemons.disabledDaemon("d"));
        site.ok("svcadm", "enable", "-s", "site/d");
        List<Long> before = site.pids("site/d");
        site.bring(Daemons.disabledDaemon("d"));
        assertEquals("online", site.state("site/d"));
        assertEquals(before, site.pids("site/d"));
    }
}
