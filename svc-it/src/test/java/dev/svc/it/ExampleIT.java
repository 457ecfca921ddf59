package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first command of the README: what is shipped comes up by itself, for root and for an ordinary user. */
@Timeout(300) class ExampleIT {
    /** Nobody: no cgroup belongs to him. */
    private static final int NOBODY = 65534;

    @ParameterizedTest
    @ValueSource(ints = {0, NOBODY}) void exampleComesUpIsServedAndGoesDown(int uid) throws Exception {
        try (Site site = uid == 0 ? Site.withExample() : Site.of(uid)) {
            int port = onFreePort(site);
            String said = site.start();
            assertTrue(said.contains("is running"), said);
            String list = site.ok("svcs", "-a");
            assertTrue(list.startsWith("STATE          STIME    FMRI\n"), list);
            for (String line : list.lines().toList()) {
                assertFalse(line.startsWith("maintenance") || line.startsWith("offline"), list);
            }
            for (String name : List.of("example/data", "example/backend", "example/web", "milestone/multi-user")) {
                assertEquals("online", site.state(name), list);
            }
            assertEquals("", site.ok("svcs", "-x"));
            site.await("the page is served", () -> page(port).contains("<"));
            String detail = site.ok("svcs", "-l", "example/web");
            assertEquals(uid != 0, detail.contains("containment  fallback"), detail);
            assertEquals(1, site.pids("example/web").size());
            assertFalse(site.pids("example/backend").isEmpty());

            site.ok("svcadm", "disable", "-s", "example/backend");
            assertEquals("offline", site.state("example/web"));
            site.ok("svcadm", "enable", "-s", "example/backend");
            site.awaitState("example/web", "online");

            site.ok("svc.startd", "--stop-all");
            site.await("keeper ends", () -> site.keeper().isEmpty());
        }
    }

    /** The front end as shipped, but for its port: the usual one may be taken on this machine. */
    private static int onFreePort(Site site) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            String shipped = Files.readString(Site.TREE.resolve("share/manifest/example/web.xml"));
            site.write("lib/svc/manifest/web.xml", shipped.replace("value='8180'", "value='" + socket.getLocalPort() + "'"));
            return socket.getLocalPort();
        }
    }

    private static String page(int port) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
