package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A property is set and two refreshes are asked for before anything of it is recorded.
class RefreshUnderWayTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    private final Tale tale = new Tale();

    @AfterEach void close() {
        tale.close();
    }

    /// It found the snapshot that the first one was about to record, and was answered at once.
    @Test void secondIsNotAcknowledgedBeforeTheFirst() throws IOException {
        tale.takeOver(Plain.daemon(WEB));
        tale.happens();
        PropertyGroup config = new PropertyGroup("config", PropertyGroup.APPLICATION, List.of(Property.count("port", 80)));
        Change set = Change.of("setprop", 0, List.of(new LayerGroup(WEB, Layer.ADMIN, config)));
        tale.asks(new Administration.Apply(set, tale.published().model(), List.of(), Asker.manager(0)));
        tale.asks(WEB, new Request.Refresh());
        CompletableFuture<Answer> second = tale.asks(WEB, new Request.Refresh());
        tale.turn();
        assertFalse(second.isDone(), "nothing is recorded yet");
        tale.happens();
        assertEquals(new Answer.Done(), second.join());
    }
}
