package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager is killed while it works; nothing it keeps may notice. */
@Timeout(600) class TakeoverIT {
    private static final int KILLS = 50;
    private static final int UNTOUCHED = 10;
    private static final int TOGGLED = 6;

    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    @Test void fiftyKillsAmidEnablingAndDisablingTouchNothing() throws Exception {
        long seed = Long.getLong("svc.seed", System.nanoTime());
        System.out.println("TakeoverIT seed " + seed);
        Random random = new Random(seed);
        site.startKept();
        List<String> services = new ArrayList<>();
        for (int i = 0; i < UNTOUCHED; i++) {
            services.add(i % 3 == 2 ? Daemons.child("kept" + i) : Daemons.daemon("kept" + i));
        }
        services.add(Daemons.oneShot("once"));
        for (int i = 0; i < TOGGLED; i++) {
            services.add(i % 2 == 1 ? Daemons.disabledDaemon("toggled" + i, "toggled" + (i - 1)) : Daemons.disabledDaemon("toggled" + i));
        }
        site.bring(services.toArray(String[]::new));
        Map<String, List<Long>> before = new TreeMap<>();
        for (int i = 0; i < UNTOUCHED; i++) {
            site.awaitState("site/kept" + i, "online");
            before.put("site/kept" + i, site.pids("site/kept" + i));
        }
        site.awaitState("site/once", "online");
        boolean[] enabled = new boolean[TOGGLED];

        for (int kill = 0; kill < KILLS; kill++) {
            int which = random.nextInt(TOGGLED);
            Thread killer = killerAfter(random.nextInt(400));
            boolean wanted = !enabled[which];
            Site.Result result = site.svc("svcadm", wanted ? "enable" : "disable", "site/toggled" + which);
            assertEquals(0, result.status(), "kill " + kill + ": " + result.err() + site.managerLog());
            enabled[which] = wanted;
            killer.join();
        }

        site.ok("svcs", "-a");
        for (int i = 0; i < TOGGLED; i++) {
            boolean running = enabled[i] && (i % 2 == 0 || enabled[i - 1]);
            String state = running ? "online" : enabled[i] ? "offline" : "disabled";
            site.awaitState("site/toggled" + i, state);
            assertEquals(running ? 1 : 0, site.pids("site/toggled" + i).size(), "site/toggled" + i);
        }
        for (int i = 0; i < UNTOUCHED; i++) {
            assertEquals(before.get("site/kept" + i), site.pids("site/kept" + i), "site/kept" + i);
            assertEquals(1, site.text("trace/kept" + i + ".starts").lines().count(), "starts of kept" + i);
        }
        assertEquals(1, site.text("trace/once.starts").lines().count(), "runs of the one-shot");
        assertEquals("", site.ok("svcs", "-x").lines().filter(l -> l.contains("kept")).reduce("", String::concat));
    }

    private Thread killerAfter(int milliseconds) {
        return Thread.ofPlatform().start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(milliseconds);
            } catch (InterruptedException _) {
                return;
            }
            site.killManager();
        });
    }

    @Test void whatHappensWhileTheManagerIsDeadIsNoticed() throws Exception {
        site.start();
        site.bring(Daemons.daemon("dies"), Daemons.daemon("lives"),
                Daemons.service("slow", true, new String[0],
                        "echo $$ &gt;&gt; $SVC_ROOT/trace/slow.starts; while ! test -e $SVC_ROOT/go; do sleep 0.05; done", ":true",
                        "transient"));
        site.awaitState("site/dies", "online");
        site.awaitState("site/lives", "online");
        site.await("slow began", () -> site.text("trace/slow.starts").lines().count() == 1);
        long dying = site.pids("site/dies").getFirst();
        List<Long> living = site.pids("site/lives");
        ProcessHandle keeper = site.keeper().orElseThrow();
        ProcessHandle manager = site.manager().orElseThrow();
        // With the keeper dead nobody brings the manager back: the machine is ours for a while.
        Site.kill(keeper);
        Site.kill(manager);
        ProcessHandle.of(dying).orElseThrow().destroyForcibly();
        site.write("go", "");
        site.await("slow ended", () -> exitRecords() > 0);

        site.start();
        site.await("dies restarted", () -> site.pids("site/dies").size() == 1 && site.pids("site/dies").getFirst() != dying);
        assertEquals(living, site.pids("site/lives"));
        assertEquals("online", site.state("site/slow"));
        assertEquals(1, site.text("trace/slow.starts").lines().count());
        assertEquals(2, site.text("trace/dies.starts").lines().count());
    }

    private long exitRecords() {
        String[] names = site.path("run/svc/exit").toFile().list();
        return names == null ? 0 : names.length;
    }

    @Test void stopInProgressIsCarriedOn() throws Exception {
        site.start();
        site.bring(Daemons.service("stubborn", true, new String[0],
                "echo $$ &gt;&gt; $SVC_ROOT/trace/stubborn.starts; sleep 100000 &amp; exit 0",
                "sh -c \"echo stop &gt;&gt; \\$SVC_ROOT/trace/stops; while ! test -e \\$SVC_ROOT/go; do sleep 0.05; done; kill \\$(cat \\$SVC_ROOT/trace/pid)\"",
                ""));
        site.awaitState("site/stubborn", "online");
        site.write("trace/pid", site.pids("site/stubborn").getFirst().toString());
        site.ok("svcadm", "disable", "site/stubborn");
        site.await("stop method began", () -> site.text("trace/stops").lines().count() == 1);
        site.killManager();
        site.await("manager is back", () -> site.state("site/stubborn").equals("online*"));
        site.write("go", "");
        site.awaitState("site/stubborn", "disabled");
        assertEquals(1, site.text("trace/stops").lines().count(), "the stop method ran once");
        assertTrue(site.pids("site/stubborn").isEmpty());
    }
}
