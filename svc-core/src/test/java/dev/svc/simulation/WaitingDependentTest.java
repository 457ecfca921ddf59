package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A web server waits for its database: it is not started only to be stopped at once.
class WaitingDependentTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");

    private final Tale tale = new Tale();

    @AfterEach void close() {
        tale.close();
    }

    /// The new manager took the database for running.
    @Test void notForWhatIsStoppingWhenANewManagerComes() throws IOException {
        tale.takeOver(Plain.daemon(DB));
        tale.happens();
        tale.comesUp(DB);
        tale.asks(DB, new Request.Restart(Request.Dump.NO));
        tale.happens();
        assertInstanceOf(Phase.Stopping.class, tale.phase(DB));
        tale.takeOver(Plain.daemon(WEB, Plain.dependency(DB)));
        tale.happens();
        assertInstanceOf(Phase.Stopping.class, tale.phase(DB));
        assertInstanceOf(Phase.Offline.class, tale.phase(WEB));
        tale.dies(DB);
        tale.comesUp(DB);
        tale.comesUp(WEB);
        assertInstanceOf(Phase.Online.class, tale.phase(WEB));
        assertEquals(List.of("TERM to " + DB), tale.signals.stream().distinct().toList());
    }

    /// The web server was started between the two, and had to stop for the refresh when it was up.
    @Test void notBetweenAStartAndTheRefreshThatWaitedForIt() throws IOException {
        tale.takeOver(Plain.daemon(DB), Plain.daemon(WEB, Plain.dependency(DB)));
        tale.happens();
        tale.asks(DB, new Request.Refresh());
        tale.happens();
        tale.comesUp(DB);
        tale.comesUp(WEB);
        assertInstanceOf(Phase.Online.class, tale.phase(WEB));
        assertEquals(List.of(), tale.signals);
    }
}
