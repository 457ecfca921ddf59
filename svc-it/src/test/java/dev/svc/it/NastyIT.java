package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Services that make it hard, while the manager dies under their transitions.
@Timeout(120) class NastyIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Witness.install(site);
        site.startKept();
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    @Test void processesThatForkFasterThanTheyAreSignalledAreStoppedToTheLast() throws Exception {
        Witness hopping = new Witness("hopping", Witness.Kind.HOPPING, true);
        Witness beside = new Witness("beside", Witness.Kind.DAEMON, true);
        site.bring(hopping.xml(site), beside.xml(site));
        Living living = new Living(site);
        site.await("they hop", () -> living.services().getOrDefault("hopping", List.of()).size() >= 8);
        site.awaitState(beside.fmri(), "online");
        // Its first process is gone long since: it is not what keeps the service online.
        site.killManager();
        assertEquals("online", site.state(hopping.fmri()));
        site.ok("svcadm", "disable", hopping.fmri());
        site.killManager();
        site.awaitState(hopping.fmri(), "disabled");
        assertEquals(List.of(), living.services().getOrDefault("hopping", List.of()));
        assertEquals(1, hopping.record(site).starts());
        assertEquals(1, living.services().get("beside").size());
        assertEquals(2, beside.record(site).lines().size());
    }

    @Test void deadlineOfAMethodThatHangsIsNotPutOffByTheDeathOfTheManager() throws Exception {
        int timeoutSeconds = 4;
        Witness hanging = new Witness("hanging", Witness.Kind.GATED, true);
        site.bring(hanging.xml(site).replace("timeout_seconds='600'", "timeout_seconds='" + timeoutSeconds + "'"));
        site.await("it hangs", () -> hanging.record(site).count("at-start") == 1);
        for (int i = 0; i < 3; i++) {
            site.killManager();
            site.await("a manager", site::answers);
        }
        // Its second start is an ordinary one.
        site.awaitState(hanging.fmri(), "online");
        Witness.Record record = hanging.record(site);
        assertEquals(2, record.starts(), record::toString);
        double[] seconds = record.lines().stream().filter(line -> line.startsWith("start ")).mapToDouble(
                line -> Double.parseDouble(line.split(" ")[3])).toArray();
        assertTrue(seconds[1] - seconds[0] >= timeoutSeconds - 0.5, record::toString);
        assertTrue(site.log("site-hanging:default").contains("timed out"), site.log("site-hanging:default"));
        assertEquals(1, new Living(site).services().get("hanging").size());
    }
}
