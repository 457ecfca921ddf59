package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Administration.Services;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.Phase;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All services are being stopped, and somebody enables one: that is for the next start, and holds nothing up.
class StoppingAllTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");
    private static final InstanceFmri CACHE = InstanceFmri.parse("svc:/site/cache:default");

    private final Tale tale = new Tale();

    /// The database runs; the web server needs a cache, too, which is disabled.
    @BeforeEach void begin() throws IOException {
        tale.takeOver(Plain.daemon(DB), Plain.daemon(CACHE), Plain.daemon(WEB, Plain.dependency(DB), Plain.dependency(CACHE)));
        tale.happens();
        tale.comesUp(CACHE);
        tale.sets(CACHE, false, Permanence.PERMANENTLY);
        tale.happens();
        tale.dies(CACHE);
        tale.comesUp(DB);
        assertInstanceOf(Phase.Online.class, tale.phase(DB));
    }

    @AfterEach void close() {
        tale.close();
    }

    /// The database waited for ever for the web server, which waited for the cache.
    @Test void forGood() {
        stopAll();
        var answer = tale.sets(WEB, true, Permanence.PERMANENTLY);
        tale.happens();
        assertEquals(new Answer.Done(), answer.join());
        assertTrue(tale.published().model().enabled(WEB).orElseThrow());
        assertEquals(Optional.of(false), tale.label(WEB).override());
        databaseGoes();
    }

    @Test void whatWasDisabled() {
        stopAll();
        tale.sets(CACHE, true, Permanence.PERMANENTLY);
        tale.happens();
        assertInstanceOf(Phase.Disabled.class, tale.phase(CACHE));
        assertTrue(tale.label(CACHE).enabled());
        databaseGoes();
    }

    @Test void temporarily() {
        stopAll();
        var answer = tale.sets(WEB, true, Permanence.TEMPORARILY);
        tale.happens();
        assertInstanceOf(Answer.Refused.class, answer.join());
        databaseGoes();
    }

    /// The change is recorded, and the manager killed before the label says so.
    @Test void recordedByAManagerThatDies() throws IOException {
        stopAll();
        tale.sets(CACHE, true, Permanence.PERMANENTLY);
        tale.turn();
        tale.turnOfRepository();
        tale.takeOver();
        tale.happens();
        assertTrue(tale.published().model().enabled(CACHE).orElseThrow());
        assertInstanceOf(Phase.Disabled.class, tale.phase(CACHE));
        databaseGoes();
    }

    @Test void untilAnotherMilestoneIsAskedFor() {
        stopAll();
        tale.sets(CACHE, true, Permanence.PERMANENTLY);
        tale.happens();
        tale.asks(new Administration.SetMilestone("all", Permanence.TEMPORARILY, Asker.manager(0)));
        tale.happens();
        tale.dies(DB);
        tale.comesUp(CACHE);
        tale.comesUp(DB);
        tale.comesUp(WEB);
        assertInstanceOf(Phase.Online.class, tale.phase(WEB));
    }

    private void stopAll() {
        tale.asks(new Administration.Shutdown(Services.STOPPED, Optional.empty(), Asker.manager(0)));
        tale.turn();
    }

    private void databaseGoes() {
        assertInstanceOf(Phase.Stopping.class, tale.phase(DB));
        assertTrue(tale.turn());
        tale.dies(DB);
        assertInstanceOf(Phase.Disabled.class, tale.phase(DB));
        assertFalse(tale.turn());
    }
}
