package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The snapshots that go with a change of configuration, so that import and refresh are one.
final class Snapshots {
    private final Model before;
    private final Model after;
    private final ChangeDraft draft;
    private final List<String> progress;
    private final Set<InstanceFmri> settled = new LinkedHashSet<>();
    private final Set<InstanceFmri> affected;

    Snapshots(Model before, Model after, ChangeDraft draft, List<String> progress) {
        this.before = before;
        this.after = after;
        this.draft = draft;
        this.progress = progress;
        affected = draft.affected(after);
    }

    /// An instance that the manifest defines: *initial* if it is new, *previous* if it is not, *last-import*, *running*.
    void imported(BundledService service, BundledInstance instance) {
        InstanceFmri fmri = instance.fmri();
        settled.add(fmri);
        boolean first = before.snapshot(fmri, Snapshot.LAST_IMPORT).isEmpty();
        if (!first && !affected.contains(fmri)) {
            return;
        }
        if (first) {
            draft.put(after.snapshotNow(fmri, Snapshot.INITIAL));
        } else {
            draft.put(before.snapshotNow(fmri, Snapshot.PREVIOUS));
            progress.add("Taking \"" + Snapshot.PREVIOUS + "\" snapshot for " + fmri + ".");
        }
        draft.put(new Snapshot(fmri, Snapshot.LAST_IMPORT, asWritten(instance), asWritten(service)));
    }

    /// What the manifest itself says, without what its instances are enabled to.
    private List<PropertyGroup> asWritten(BundledEntity entity) {
        List<PropertyGroup> groups = new ArrayList<>();
        for (BundledGroup group : entity.groups()) {
            if (group.intent() == BundledGroup.Intent.SET) {
                PropertyGroup written = group.group();
                groups.add(group.name().equals(EntityMapping.GENERAL) ? written.without("enabled") : stored(entity.fmri(), written));
            }
        }
        return groups;
    }

    /// The same group as the row that was made of it: it is in memory once then.
    private PropertyGroup stored(EntityFmri entity, PropertyGroup written) {
        return after.layer(new LayerGroup.Key(entity, Layer.MANIFEST, written.name())).map(LayerGroup::group).filter(written::equals)
                .orElse(written);
    }

    /// Takes *running* of all instances that see the change, and yields those among them that had one.
    List<InstanceFmri> refreshed() {
        List<InstanceFmri> refreshed = new ArrayList<>();
        Set<InstanceFmri> all = new LinkedHashSet<>(settled);
        all.retainAll(affected);
        all.addAll(affected);
        for (InstanceFmri fmri : all) {
            // A placeholder, of which only others have said something, is nothing to run yet.
            if (after.enabled(fmri).isEmpty() || !draft.put(after.snapshotNow(fmri, Snapshot.RUNNING))) {
                continue;
            }
            if (before.enabled(fmri).isPresent()) {
                refreshed.add(fmri);
                progress.add("Refreshed " + fmri + ".");
            }
        }
        return refreshed;
    }
}
