package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTest {
    private final ContentReader reader = new ContentReader();

    private LayerGroup again(LayerGroup group) {
        return reader.group(group.entity().toString(), group.layer().layerName(), group.group().name(), group.group().type(),
                Content.of(group));
    }

    @Test void groupsComeBackAsTheyWere() {
        for (LayerGroup group : Scene.define(1).put()) {
            assertEquals(group, again(group));
        }
        LayerGroup hiding = Scene.configure(1, "\u0001\t\ud83d\ude00").put().getFirst();
        assertEquals(hiding, again(hiding));
    }

    @Test void formIsWhatItsDescriptionSays() {
        assertEquals("{\"properties\":[[\"enabled\",\"boolean\",\"true\"]]}", Content.of(Scene.enable(1, true).put().getFirst()));
        assertEquals("{\"properties\":[[\"text\",\"astring\",\"x\"]],\"hides\":true}",
                Content.of(Scene.configure(1, "x").put().getFirst()));
        String masked = Content.of(Scene.define(1).put().get(1));
        assertEquals(",\"masks\":[\"old\",\"older\"]}", masked.substring(masked.indexOf(",\"masks\"")));
    }

    @Test void snapshotsShareWhatIsEqual() {
        List<Snapshot> snapshots = Scene.define(1).putSnapshots();
        Snapshot first = reader.snapshot("svc:/test/s1:default", "initial", Content.of(snapshots.get(0)));
        Snapshot second = reader.snapshot("svc:/test/s1:default", "running", Content.of(snapshots.get(2)));
        assertEquals(snapshots.get(0), first);
        assertSame(first.instanceLevel().getFirst(), second.instanceLevel().getFirst());
        assertEquals(Content.of(first), Schema.inflated(Schema.deflated(Content.of(first))));
    }

    @Test void malformedContentIsRefused() {
        for (String content : List.of("[]", "{\"what\":1}", "{\"properties\":[[\"a\"]]}", "{\"properties\":[[\"a\",\"text\"]]}",
                "{\"properties\":[[\"a\",\"count\",\"x\"]]}")) {
            assertThrows(RuntimeException.class, () -> reader.group("svc:/a:b", "admin", "g", "t", content), content);
        }
        assertThrows(IllegalArgumentException.class, () -> Schema.inflated(new byte[]{1, 2, 3}));
    }
}
