package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Commands while there is no manager, but a keeper who will bring it back.
@Timeout(120) class GapIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Witness.install(site);
        site.start();
        site.bring(new Witness("kept", Witness.Kind.DAEMON, true).xml(site), new Witness("later", Witness.Kind.DAEMON, false).xml(site));
        site.awaitState("site/kept", "online");
    }

    @AfterEach void end() throws Exception {
        signalKeeper("CONT");
        site.close();
    }

    @Test void commandsWaitAndAnswer() throws Exception {
        makeGap();
        long begun = System.nanoTime();
        CompletableFuture<Site.Result> svcs = CompletableFuture.supplyAsync(() -> site.svc("svcs", "-Ho", "state", "site/kept"));
        CompletableFuture<Site.Result> svcadm = CompletableFuture.supplyAsync(() -> site.svc("svcadm", "enable", "-s", "site/later"));
        CompletableFuture<Site.Result> svcprop = CompletableFuture
                .supplyAsync(() -> site.svc("svcprop", "-cp", "general/enabled", "site/kept:default"));
        CompletableFuture<Site.Result> svccfg = CompletableFuture
                .supplyAsync(() -> site.svc("svccfg", "-s", "site/kept", "setprop", "config/n", "=", "integer:", "1"));
        signalKeeper("CONT");

        assertEquals(new Site.Result(0, "online\n", ""), svcs.get());
        assertEquals(new Site.Result(0, "true\n", ""), svcprop.get());
        assertEquals(new Site.Result(0, "", ""), svcadm.get());
        assertEquals(new Site.Result(0, "", ""), svccfg.get());
        System.out.println("GapIT: four commands, asked without a manager, had answered after "
                + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
        assertEquals("online", site.state("site/later"));
        assertEquals(1, new Witness("later", Witness.Kind.DAEMON, false).record(site).starts());
    }

    @Test void commandThatWaitedInVainSaysForWhomAndWhereToLook() throws Exception {
        makeGap();
        Site.Result result = site.svc("svcs", "-a");
        assertEquals(1, result.status());
        assertEquals("", result.out());
        assertEquals("svcs: the manager of " + site.root() + " did not become ready within 10 s; see " + site.path(
                "var/svc/log/svc.startd.log") + "\n", result.err());
    }

    /// Kills the manager while its keeper is held up, so that it cannot be brought back before the test says so.
    private void makeGap() throws Exception {
        signalKeeper("STOP");
        ProcessHandle manager = site.manager().orElseThrow();
        manager.destroyForcibly();
        site.await("no manager", () -> !site.answers());
    }

    private void signalKeeper(String signal) throws Exception {
        long keeper = site.keeper().orElseThrow().pid();
        assertTrue(new ProcessBuilder("kill", "-" + signal, String.valueOf(keeper)).inheritIO().start().waitFor(10, TimeUnit.SECONDS));
    }
}
