package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A change that cannot be recorded must not get in with another one that can.
class UnrecordedChangeTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");

    private final Tale tale = new Tale();

    @BeforeEach void manager() throws IOException {
        tale.takeOver(Plain.daemon(WEB), Plain.daemon(DB));
        tale.happens();
        tale.asks(WEB, new Request.Refresh());
        tale.happens();
    }

    @AfterEach void close() {
        tale.close();
    }

    /// A refresh that was asked for later, while another change was on its way, took it into the running snapshot (seed 700041697).
    @Test void snapshotIsNotTakenOfIt() {
        CompletableFuture<Answer> refused = setPort();
        tale.turn();
        CompletableFuture<Answer> other = tale.sets(DB, false, Permanence.PERMANENTLY);
        diskIsFullForOneCommit();
        tale.turn();
        assertInstanceOf(Answer.Refused.class, refused.join());
        CompletableFuture<Answer> refresh = tale.asks(WEB, new Request.Refresh());
        tale.turn();
        tale.happens();
        assertEquals(new Answer.Done(), other.join());
        assertEquals(new Answer.Done(), refresh.join());
        assertEquals(Optional.empty(), portInSnapshot());
    }

    @Test void whatWasMadeFromItBeforeItFailedIsRefused() {
        CompletableFuture<Answer> refused = setPort();
        tale.turn();
        CompletableFuture<Answer> refresh = tale.asks(WEB, new Request.Refresh());
        CompletableFuture<Answer> other = tale.sets(DB, false, Permanence.PERMANENTLY);
        diskIsFullForOneCommit();
        tale.turn();
        tale.happens();
        assertInstanceOf(Answer.Refused.class, refused.join());
        assertEquals(new Answer.Refused(WEB + ": a change before this one could not be recorded; try again"), refresh.join());
        assertEquals(new Answer.Done(), other.join());
        assertEquals(Optional.empty(), portInSnapshot());
        assertEquals(new Answer.Done(), again());
        assertEquals(Optional.of("80"), portInSnapshot());
    }

    private CompletableFuture<Answer> setPort() {
        PropertyGroup config = new PropertyGroup("config", PropertyGroup.APPLICATION, List.of(Property.count("port", 80)));
        Change set = Change.of("setprop", 0, List.of(new LayerGroup(WEB, Layer.ADMIN, config)));
        return tale.asks(new Administration.Apply(set, tale.published().model(), List.of(), Asker.manager(0)));
    }

    private Answer again() {
        CompletableFuture<Answer> set = setPort();
        tale.happens();
        assertEquals(new Answer.Done(), set.join());
        CompletableFuture<Answer> refresh = tale.asks(WEB, new Request.Refresh());
        tale.happens();
        return refresh.join();
    }

    private void diskIsFullForOneCommit() {
        tale.platter.begin(SimulatedDisk.Fault.FULL, 100);
        tale.turnOfRepository();
        tale.platter.mend();
    }

    private Optional<String> portInSnapshot() {
        return tale.published().model().snapshot(WEB, Snapshot.RUNNING).stream().flatMap(s -> s.composed().stream())
                .filter(g -> g.name().equals("config")).findFirst().flatMap(g -> g.value("port"));
    }
}
