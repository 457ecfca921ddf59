package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The keeper as PID 1 of a container. */
@Timeout(300) class InitIT {
    private static final String KEEPER = Container.TREE + "/lib/svc.keeper";
    private static final String MANAGER = Container.TREE + "/bin/svc.startd";

    private Container container;

    @BeforeEach void begin() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "namespaces need root");
        container = new Container();
    }

    @AfterEach void end() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    @Test void anApplicationLivesAndIsStoppedInOrderByTerm() throws Exception {
        container.write("var/svc/manifest/test.xml", Site.bundle(
                stoppable("database"), stoppable("application", "database"), stoppable("frontend", "application"),
                // Twenty daemons that fork away twice and end by themselves: they are PID 1's children when they do.
                Daemons.service("orphans", true, new String[0],
                        "for i in 1 2 3 4 5 6 7 8 9 10; do (sh -c 'sleep 0.3; echo >> /var/trace/orphans' &amp;); done; sleep 100000 &amp; exit 0"
                                .replace(">>", "&gt;&gt;").replace("'", "&apos;"),
                        ":kill", "")));
        container.run(KEEPER, MANAGER, "--run");
        container.await("all is online", () -> isOnline("site/frontend") && isOnline("site/orphans") && isOnline("example/web"));
        container.await("the shipped application serves its page", () -> page().contains("200 OK"));
        container.await("the orphans have ended", () -> container.text("var/trace/orphans").lines().count() == 10);
        container.await("none of them is a zombie", () -> zombies().isEmpty());

        List<String> before = pids("site/frontend");
        String first = manager();
        assertEquals(0, container.inside(List.of("kill", "-KILL", first)).status());
        container.await("another manager", () -> !manager().isEmpty() && !manager().equals(first));
        assertEquals(before, pids("site/frontend"));
        assertEquals(1, before.size());
        container.await("the dead manager is no zombie", () -> zombies().isEmpty());

        container.signal("TERM");
        assertEquals(0, container.awaitEnd(), container::said);
        assertEquals(List.of("frontend stops", "frontend stopped", "application stops", "application stopped", "database stops",
                "database stopped"), container.text("var/trace/stops").lines().toList());
        assertTrue(container.said().contains("all services are stopped; the manager ends"), container::said);
    }

    @Test void aMainProcessThatIsKilledIsSeenThoughItIsReapedAtOnce() throws Exception {
        container.write("var/svc/manifest/test.xml", Site.bundle(Daemons.service("forking", true, new String[0],
                "(sleep 100001 &amp; sleep 100002 &amp; wait) &amp; exit 0", ":kill", "")));
        container.run(KEEPER, MANAGER, "--run");
        container.await("all is online", () -> isOnline("site/forking"));
        assumeTrue(container.svc("svcs", "-l", "site/forking").out().contains("seen of main processes only"), "Linux 6.15 or later");
        List<String> before = pids("site/forking");
        assertEquals(3, before.size());
        assertEquals(0, container.inside(List.of("kill", "-KILL", before.getFirst())).status());
        container.await("another main process", () -> pids("site/forking").size() == 3 && pids("site/forking").stream().noneMatch(
                before::contains));
        String log = container.text("var/svc/log/site-forking:default.log");
        assertTrue(log.contains("Stopping because process received fatal signal from outside the service."), log);
        container.signal("TERM");
        assertEquals(0, container.awaitEnd(), container::said);
    }

    /** The stop method says when it begins and ends, and takes its time. */
    private static String stoppable(String name, String... dependencies) {
        return Daemons.service(name, true, dependencies, "sleep 100000 &amp; echo $! &gt; /var/trace/" + name + ".pid; exit 0",
                "sh -c \"echo " + name + " stops &gt;&gt; /var/trace/stops; sleep 0.2; kill \\$(cat /var/trace/" + name
                        + ".pid); echo " + name + " stopped &gt;&gt; /var/trace/stops\"",
                "");
    }

    @Test void whatDoesNotStopInTimeIsKilledAndTheStatusSaysSo() throws Exception {
        container.write("var/svc/manifest/test.xml", Site.bundle(
                stoppable("database"),
                Daemons.service("stubborn", true, new String[]{"database"}, "trap : TERM; sleep 100000 &amp; exit 0",
                        "sh -c \"trap : TERM; echo stubborn &gt;&gt; /var/trace/stops; sleep 100000; sleep 100000\"", "")));
        container.run(KEEPER, "-t", "3", MANAGER, "--run");
        container.await("all is online", () -> isOnline("site/stubborn"));
        long before = System.nanoTime();
        container.signal("INT");
        assertEquals(6, container.awaitEnd(), container::said);
        assertTrue(System.nanoTime() - before >= 3_000_000_000L);
        // There was no time left for the database: its stop method is killed as soon as it begins.
        assertEquals("stubborn", container.text("var/trace/stops").lines().findFirst().orElse(""));
        assertTrue(container.said().contains("all services are stopped; the manager ends"), container::said);
    }

    @Test void aManagerThatDiesWhileItStopsServicesIsBroughtBackToGoOn() throws Exception {
        container.write("var/svc/manifest/test.xml", Site.bundle(
                stoppable("database"),
                Daemons.service("slow", true, new String[]{"database"}, "sleep 100000 &amp; echo $! &gt; /var/trace/slow.pid; exit 0",
                        "sh -c \"echo slow &gt;&gt; /var/trace/stops; while ! test -e /var/trace/go; do sleep 0.05; done; "
                                + "kill \\$(cat /var/trace/slow.pid)\"",
                        "")));
        container.run(KEEPER, MANAGER, "--run");
        container.await("all is online", () -> isOnline("site/slow"));
        String first = manager();
        container.signal("TERM");
        container.await("the stop began", () -> container.text("var/trace/stops").contains("slow"));
        assertEquals(0, container.inside(List.of("kill", "-KILL", first)).status());
        container.await("another manager", () -> !manager().isEmpty() && !manager().equals(first));
        container.write("var/trace/go", "");
        assertEquals(0, container.awaitEnd(), container::said);
        assertEquals(List.of("slow", "database stops", "database stopped"), container.text("var/trace/stops").lines().toList());
    }

    private boolean isOnline(String fmri) {
        return container.svc("svcs", "-Ho", "state", fmri).out().strip().equals("online");
    }

    private List<String> pids(String fmri) {
        return container.svc("svcs", "-Hp", fmri).lines().stream().skip(1).map(l -> l.strip().split("\\s+")[1]).toList();
    }

    private String manager() {
        String said = container.svc("svc.startd", "--status").out();
        int at = said.indexOf("pid ");
        return at < 0 ? "" : said.substring(at + 4, said.indexOf(':', at));
    }

    private String page() {
        return container.inside(List.of("bash", "-c",
                "exec 3<>/dev/tcp/127.0.0.1/8180 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3")).out();
    }

    private List<String> zombies() {
        List<String> all = new ArrayList<>();
        for (String line : container.inside(List.of("sh", "-c", "cat /proc/[0-9]*/stat 2>/dev/null")).lines()) {
            if (line.contains(") Z ")) {
                all.add(line);
            }
        }
        return all;
    }
}
