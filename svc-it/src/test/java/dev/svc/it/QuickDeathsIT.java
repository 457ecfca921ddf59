package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A manager that dies of one instance again and again does not do so for ever over a live system. */
@Timeout(300) class QuickDeathsIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    @Test void afterThreeQuickDeathsTheNextOnlyLooksOnUntilToldToGoOn() throws Exception {
        site.start();
        site.bring(Daemons.daemon("kept"), Daemons.disabledDaemon("deadly"));
        site.awaitState("site/kept", "online");
        List<Long> kept = site.pids("site/kept");
        site.ok("svc.startd", "--stop");
        site.write("deadly", "");
        startDefective();

        site.ok("svcadm", "enable", "site/deadly");
        site.await("it looks on", () -> site.svc("svcs", "-x").out().contains("died 3 times in a row"));
        String why = site.ok("svcs", "-x", "svc:/system/svc/restarter:default");
        assertTrue(why.contains("State: degraded"), why);
        assertTrue(why.contains("last while it was at work on svc:/site/deadly:default"), why);
        assertTrue(why.contains("svcadm clear svc:/system/svc/restarter:default"), why);
        assertTrue(site.ok("svc.startd", "--status").contains("died 3 times"));

        site.ok("svcadm", "disable", "site/kept");
        Site.Result refused = site.svc("svcadm", "restart", "site/kept");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("only looks on"), refused.err());
        assertEquals("online", site.state("site/kept"));
        assertEquals(kept, site.pids("site/kept"), "nothing is stopped");
        assertEquals("", site.text("trace/deadly.starts"), "nothing is started");

        Files.delete(site.path("deadly"));
        site.ok("svcadm", "clear", "svc:/system/svc/restarter:default");
        site.awaitState("site/deadly", "online");
        site.awaitState("site/kept", "disabled");
        assertEquals(1, site.text("trace/deadly.starts").lines().count());
        assertEquals("", site.ok("svcs", "-x", "svc:/system/svc/restarter:default").lines().filter(l -> l.contains("died"))
                .reduce("", String::concat));
    }

    private void startDefective() throws Exception {
        Path command = site.path("defective");
        Path classes = Path.of(DyingManager.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String wrapper = Files.readString(Site.TREE.resolve("bin/svc.startd"));
        Files.writeString(command, wrapper
                .replace("self=$0",
                        "self=" + Site.TREE.toRealPath() + "/bin/svc.startd; case $1 in --run) ;; *) exec \"$self\" \"$@\" ;; esac")
                .replace("-cp \"", "-cp \"" + classes + ":")
                .replace("-XX:AOTCache=$lib/aot/svc.startd.aot", "-Xshare:auto")
                .replace("dev.svc.startd.Startd", DyingManager.class.getName()));
        assertTrue(command.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder("setsid", Site.TREE.resolve("lib/svc.keeper").toString(), command.toString(), "--run");
        builder.environment().put("SVC_ROOT", site.root().toString());
        File log = site.path("var/svc/log/svc.startd.log").toFile();
        builder.redirectErrorStream(true).redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.start();
        site.await("the defective manager answers", () -> site.svc("svcs", "-a").status() == 0);
    }
}
