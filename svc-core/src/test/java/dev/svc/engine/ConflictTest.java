package dev.svc.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two who change the same at once: the property group is the unit.
class ConflictTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/web:x");
    private static final Model BASIS = Model.EMPTY.with(put(WEB, "config", "1")).with(put(WEB, "other", "1"));

    private static Change put(EntityFmri entity, String group, String value) {
        PropertyGroup text = new PropertyGroup(group, "application", List.of(Property.text("text", value)));
        return Change.of("set", 0, List.of(new LayerGroup(entity, Layer.ADMIN, text)));
    }

    @Test void changesOfDifferentGroupsDoNotConflict() {
        assertEquals(Optional.empty(), Conflict.of(put(WEB, "config", "2"), BASIS, BASIS.with(put(WEB, "other", "2"))));
        assertEquals(Optional.empty(),
                Conflict.of(put(WEB, "config", "2"), BASIS, BASIS.with(put(InstanceFmri.parse("a:b"), "config", "2"))));
    }

    @Test void secondOfTwoChangesOfOneGroupConflicts() {
        Model first = BASIS.with(put(WEB, "config", "2"));
        assertEquals(Optional.of("svc:/web:x: property group config"), Conflict.of(put(WEB, "config", "3"), BASIS, first));
        Change delete = new Change("delete", 0, List.of(), List.of(new LayerGroup.Key(WEB, Layer.ADMIN, "config")), List.of(), List.of());
        assertEquals(Optional.of("svc:/web:x: property group config"), Conflict.of(delete, BASIS, first));
        assertEquals(Optional.of("svc:/web:x: property group config"), Conflict.of(put(WEB, "config", "3"), BASIS, BASIS.with(delete)));
    }

    @Test void theSameValuesAreNoConflict() {
        assertEquals(Optional.empty(), Conflict.of(put(WEB, "config", "2"), BASIS, BASIS.with(put(WEB, "config", "1"))));
    }

    @Test void snapshotConflictsWithAnyChangeOfWhatItShows() {
        Change refresh = new Change("refresh", 0, List.of(), List.of(), List.of(BASIS.snapshotNow(WEB, Snapshot.RUNNING)), List.of());
        assertEquals(Optional.of("svc:/web:x"), Conflict.of(refresh, BASIS, BASIS.with(put(WEB, "other", "2"))));
        assertEquals(Optional.of("svc:/web"), Conflict.of(refresh, BASIS, BASIS.with(put(WEB.serviceFmri(), "config", "2"))));
    }

    /// The instance was left with nothing but `general/enabled`, and ran without methods (simulation, seed 20345).
    @Test void deletionConflictsWithWhatWasAdded() {
        Change delete = new Change("delete", 0, List.of(), List.of(new LayerGroup.Key(WEB, Layer.ADMIN, "config"),
                new LayerGroup.Key(WEB, Layer.ADMIN, "other")), List.of(), List.of());
        assertEquals(Optional.of("svc:/web:x"), Conflict.of(delete, BASIS, BASIS.with(put(WEB, "third", "1"))));
        assertEquals(Optional.empty(), Conflict.of(delete, BASIS, BASIS.with(put(InstanceFmri.parse("a:b"), "third", "1"))));
        Model service = BASIS.with(put(WEB.serviceFmri(), "config", "1"));
        Change all = new Change("delete", 0, List.of(), List.of(new LayerGroup.Key(WEB.serviceFmri(), Layer.ADMIN, "config"),
                new LayerGroup.Key(WEB, Layer.ADMIN, "config"), new LayerGroup.Key(WEB, Layer.ADMIN, "other")), List.of(), List.of());
        assertEquals(Optional.of("svc:/web"),
                Conflict.of(all, service, service.with(put(InstanceFmri.parse("svc:/web:y"), "config", "1"))));
    }

    /// The instance came back with nothing but what was set (simulation, seeds 299 and 428).
    @Test void whatIsSetConflictsWithADeletion() {
        Change delete = new Change("delete", 0, List.of(), List.of(new LayerGroup.Key(WEB, Layer.ADMIN, "config"),
                new LayerGroup.Key(WEB, Layer.ADMIN, "other")), List.of(), List.of());
        assertEquals(Optional.of("svc:/web:x"), Conflict.of(put(WEB, "third", "1"), BASIS, BASIS.with(delete)));
    }

    /// A dependency that others put into it stays, and is no configured instance.
    @Test void deletionThatLeavesAPlaceholderConflictsWithAnEnabling() {
        Model configured = BASIS.with(general(true));
        Change delete = new Change("delete", 0, List.of(), List.of(new LayerGroup.Key(WEB, Layer.MANIFEST, "general")), List.of(),
                List.of());
        Change enable = Change.of("enable", 0, List.of(new LayerGroup(WEB, Layer.ADMIN, enabled(false))));
        assertEquals(Optional.of("svc:/web:x"), Conflict.of(delete, configured, configured.with(enable)));
        assertEquals(Optional.empty(), Conflict.of(delete, configured, configured.with(put(WEB, "third", "1"))));
    }

    private static Change general(boolean value) {
        return Change.of("import", 0, List.of(new LayerGroup(WEB, Layer.MANIFEST, enabled(value))));
    }

    private static PropertyGroup enabled(boolean value) {
        return new PropertyGroup("general", PropertyGroup.FRAMEWORK, List.of(Property.truth("enabled", value)));
    }
}
