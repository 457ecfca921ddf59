package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** nginx, redis and cron as Debian packages them, by the manifests that are shipped; only the paths of their settings are the test's. */
@Timeout(300) class DebianDaemonsIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "the daemons need root");
        boolean promised = "true".equals(System.getenv("CI"));
        for (String program : List.of("/usr/sbin/nginx", "/usr/bin/redis-server", "/usr/sbin/cron")) {
            assumeTrue(promised || Files.isExecutable(Path.of(program)), program + " is not installed");
        }
        site = Site.create();
        site.start();
    }

    @AfterEach void end() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    @Test void nginxIsStartedReloadedBrokenExplainedAndRepaired() throws Exception {
        String sound = """
                error_log %s/nginx.log;
                pid %s/nginx.pid;
                worker_processes 2;
                events { worker_connections 16; }
                http { access_log off; server { listen 127.0.0.1:%d; } }
                """.formatted(site.root(), site.root(), freePort());
        site.write("nginx.conf", sound);
        bring("nginx", "/etc/nginx/nginx.conf", site.path("nginx.conf").toString());
        site.ok("svcadm", "enable", "-rs", "http:nginx");
        List<Long> before = site.pids("http:nginx");
        assertEquals(3, before.size(), "a master and two workers");

        site.ok("svcadm", "refresh", "http:nginx");
        site.await("new workers, the same master", () -> {
            List<Long> now = site.pids("http:nginx");
            return now.size() == 3 && now.contains(master()) && !now.equals(before);
        });
        assertTrue(before.contains(master()), "the master is the one that was there before the refresh");

        site.ok("svcadm", "disable", "-s", "milestone/network");
        assertEquals("offline", site.state("http:nginx"));
        assertTrue(site.pids("http:nginx").isEmpty());
        site.ok("svcadm", "enable", "-s", "milestone/network");
        site.awaitState("http:nginx", "online");

        site.write("nginx.conf", sound.replace("http {", "htp {"));
        site.ok("svcadm", "restart", "http:nginx");
        site.awaitState("http:nginx", "maintenance");
        String why = site.ok("svcs", "-x", "http:nginx");
        assertTrue(why.contains("Reason: Start method exited with $SMF_EXIT_ERR_CONFIG."), why);
        assertTrue(why.contains("network-http:nginx.log"), why);
        assertTrue(why.contains("svcadm clear svc:/network/http:nginx"), why);
        assertTrue(site.log("network-http:nginx").contains("unknown directive \"htp\""), site.log("network-http:nginx"));
        site.write("nginx.conf", sound);
        site.ok("svcadm", "clear", "http:nginx");
        site.awaitState("http:nginx", "online");
        site.ok("svcadm", "disable", "-s", "http:nginx");
        assertTrue(site.pids("http:nginx").isEmpty());
    }

    private long master() {
        String pid = site.text("nginx.pid").strip();
        return pid.isEmpty() ? -1 : Long.parseLong(pid);
    }

    @Test void redisRunsAsItsUserAndIsReplacedWhenKilled() throws Exception {
        site.write("redis/redis.conf",
                "bind 127.0.0.1\nport " + freePort() + "\ndir " + site.path("redis") + "\nlogfile " + site.path("redis/log") + "\npidfile "
                        + site.path("redis/pid") + "\nsave \"\"\n");
        int redis = Integer
                .parseInt(Files.readAllLines(Path.of("/etc/passwd")).stream().filter(l -> l.startsWith("redis:")).findFirst().orElseThrow()
                        .split(":")[2]);
        Files.setAttribute(site.path("redis"), "unix:uid", redis);
        bring("redis", "/etc/redis/redis.conf", site.path("redis/redis.conf").toString());
        site.ok("svcadm", "enable", "-rs", "redis");
        long first = site.pids("redis").getFirst();
        assertEquals(redis, Files.getAttribute(Path.of("/proc", Long.toString(first)), "unix:uid"));
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        site.await("redis replaced", () -> site.pids("redis").size() == 1 && site.pids("redis").getFirst() != first);
        site.awaitState("redis", "online");
        assertNotEquals(first, site.pids("redis").getFirst());
        site.ok("svcadm", "disable", "-s", "redis");
    }

    @Test void cronRunsAndStops() throws Exception {
        site.ok("svcadm", "enable", "-rs", "cron");
        assertEquals(1, site.pids("cron").size());
        site.ok("svcadm", "disable", "-s", "cron");
        assertTrue(site.pids("cron").isEmpty());
    }

    private void bring(String manifest, String from, String to) throws IOException {
        String shipped = Files.readString(Site.TREE.resolve("share/manifest/debian/" + manifest + ".xml"));
        Path file = site.path(manifest + ".xml");
        Files.writeString(file, shipped.replace(from, to));
        site.ok("svccfg", "import", file.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
