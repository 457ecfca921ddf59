package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `svc.startd --stop-all`, during which the manager dies by SIGKILL after its n-th effect; for n = 1, 2, 3 and so on, until it outlives
/// that. Each time everything must be stopped, nothing started again, and the command must say so.
///
/// There are some 70 of them: only each `svc.ending.stride`-th n is tried, from one that changes from run to run and is printed
/// (`svc.ending.first`). With stride 1 and first 1 all are.
@Timeout(3600) class EndingIT {
    private static final int STRIDE = Integer.getInteger("svc.ending.stride", 13);
    private static final int FIRST = Integer.getInteger("svc.ending.first", 1 + new Random().nextInt(STRIDE));
    private static final List<Witness> WITNESSES = List.of(new Witness("base", Witness.Kind.DAEMON, true),
            new Witness("user", Witness.Kind.STOPPED, true, "base"), new Witness("once", Witness.Kind.ONCE, true));

    private Site site;
    private Path doomed;

    @Test void everythingIsStoppedOnceWhereverTheManagerDies() throws Exception {
        System.out.println("EndingIT: -Dsvc.ending.first=" + FIRST + " -Dsvc.ending.stride=" + STRIDE);
        try (Site own = Site.create()) {
            site = own;
            Witness.install(site);
            doomed = DoomedTree.script(site);
            site.startKept(doomed);
            site.bring(WITNESSES.stream().map(w -> w.xml(site)).toArray(String[]::new));
            int sessions = 1;
            int n = FIRST;
            while (!outlives(n, sessions)) {
                sessions++;
                n += STRIDE;
                site.startKept(doomed);
            }
            System.out.println("EndingIT: " + sessions + " endings; the manager outlived the one with effect " + n);
        }
    }

    /// It had said yes and was killed before it could end: the command waited for its keeper for ever.
    @Test void whoeverComesBackIsAskedToEndAgain() throws Exception {
        try (Site own = Site.create()) {
            site = own;
            site.startKept(Site.TREE.resolve("bin/svc.startd"), 2);
            String said = site.ok("svc.startd", "--stop");
            assertTrue(said.endsWith("services go on\n"), said);
            assertTrue(site.keeper().isEmpty(), "the keeper lives");
            assertEquals(2, begun());
        }
    }

    /// Whether the manager outlived the ending.
    private boolean outlives(int n, int starts) throws IOException {
        for (Witness witness : WITNESSES) {
            site.awaitState(witness.fmri(), "online");
        }
        Files.writeString(site.path("doom.new"), String.valueOf(n));
        Files.move(site.path("doom.new"), site.path("doom"));
        long before = begun();
        site.killManager();
        site.await("the doomed manager has begun", () -> !Files.exists(site.path("doom")));
        Site.Result said = site.svc("svc.startd", "--stop-all");
        String what = "effect " + n + ": ";
        assertEquals(0, said.status(), () -> what + said + site.managerLog());
        assertTrue(said.out().endsWith("services are stopped\n"), () -> what + said);
        assertEquals("", said.err(), () -> what);
        assertTrue(site.keeper().isEmpty(), () -> what + "the keeper lives");
        assertEquals(List.of(), site.orphanedManagers(), what);
        assertEquals(List.of(), List.copyOf(new Living(site).services().keySet()), () -> what + site.managerLog());
        assertEquals(List.of(), site.groups(), () -> what + site.managerLog());
        for (Witness witness : WITNESSES) {
            assertEquals(starts, witness.record(site).starts(), () -> what + witness.record(site).lines() + site.managerLog());
        }
        return begun() == before + 1;
    }

    /// How many managers of this root began so far.
    private long begun() {
        return site.managerLog().lines().filter(line -> line.contains(" begins, pid ")).count();
    }
}
