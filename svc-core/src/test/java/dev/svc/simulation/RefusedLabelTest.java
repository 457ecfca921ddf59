package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Neither copy of a label can be written for a while: nothing is acknowledged that a successor would forget.
class RefusedLabelTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");

    private final Tale tale = new Tale();

    @BeforeEach void firstManager() throws IOException {
        tale.takeOver(Plain.daemon(WEB), Plain.daemon(DB));
        tale.happens();
    }

    @AfterEach void close() {
        tale.close();
    }

    /// It was entered once more by the next manager, as one label was still to be written (seeds 300008513 and 300033033).
    @Test void askingForTheMilestoneInForceDoesNotEnterItAgain() throws IOException {
        refuse(1);
        tale.asks(WEB, new Request.MarkMaintenance(Request.Haste.IMMEDIATE, Optional.empty(), false));
        CompletableFuture<Answer> milestone = tale.asks(milestone("all"));
        CompletableFuture<Answer> setting = tale.sets(DB, false, Permanence.TEMPORARILY);
        tale.turn();
        assertEquals(new Answer.Done(), milestone.join());
        assertEquals(new Answer.Done(), setting.join());
        tale.takeOver();
        assertEquals(Optional.of(false), tale.label(DB).override());
    }

    @Test void nothingIsSetWhileAMilestoneIsStillBeingEntered() {
        refuse(1);
        tale.asks(WEB, new Request.MarkMaintenance(Request.Haste.IMMEDIATE, Optional.empty(), false));
        tale.asks(milestone("none"));
        CompletableFuture<Answer> setting = tale.sets(DB, false, Permanence.TEMPORARILY);
        tale.turn();
        assertInstanceOf(Answer.Refused.class, setting.join());
    }

    /// The temporary setting that it ended came back with the next manager (seed 300016908).
    @Test void permanentSettingIsNotAcknowledgedWhileItsLabelKeepsATemporaryOne() throws IOException {
        tale.sets(WEB, true, Permanence.TEMPORARILY);
        tale.happens();
        // The root's record, then the label.
        refuse(2);
        CompletableFuture<Answer> permanent = tale.sets(WEB, true, Permanence.PERMANENTLY);
        tale.turn();
        tale.turnOfRepository();
        tale.turn();
        assertInstanceOf(Answer.OutcomeUnknown.class, permanent.join());
        tale.takeOver();
        assertEquals(Optional.of(true), tale.label(WEB).override());
    }

    /// It was left behind for good (seed 600088677).
    @Test void exitRecordGoesAlthoughTheNextTryCannotBeAnnounced() {
        Launching start = tale.kernel.launchers.stream().filter(l -> l.launch.fmri().equals(WEB)).findFirst().orElseThrow();
        tale.kernel.join(start);
        // It outlives the first SIGKILL, so that the next try has to wait.
        tale.kernel.fork(tale.kernel.living(WEB).getFirst(), false, true);
        tale.kernel.methodEnds(start, 1);
        tale.kernel.record(start);
        tale.kernel.end(start, 1);
        tale.happens();
        ContractId first = start.launch.contract();
        assertTrue(tale.kernel.records.containsKey(first));
        refuse(1);
        tale.dies(WEB);
        assertEquals(0, tale.kernel.refusedAttributes);
        assertFalse(tale.kernel.records.containsKey(first));
        tale.comesUp(WEB);
        assertInstanceOf(Phase.Online.class, tale.phase(WEB));
    }

    private void refuse(int writings) {
        tale.kernel.refusedAttributes = writings;
        tale.kernel.refusedFiles = writings;
    }

    private static Administration milestone(String name) {
        return new Administration.SetMilestone(name, Permanence.TEMPORARILY, Asker.manager(0));
    }
}
