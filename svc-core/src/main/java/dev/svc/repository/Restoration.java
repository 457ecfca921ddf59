package dev.svc.repository;

import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Sequence;
import dev.svc.model.Snapshot;
import java.util.List;
import java.util.Optional;

/// What restoring a backup makes of the configuration.
///
/// @param name the backup's file name
/// @param as the last change in it
/// @param present the configuration as it is
/// @param change from the present configuration to that of the backup
public record Restoration(String name, Sequence as, Model present, Change change) {
    static Restoration of(String name, Sequence as, Model present, Model wanted, int by) {
        List<LayerGroup> put = wanted.allGroups().filter(g -> !present.layer(g.key()).equals(Optional.of(g))).toList();
        List<LayerGroup.Key> delete = present.allGroups().map(LayerGroup::key).filter(k -> wanted.layer(k).isEmpty()).toList();
        List<Snapshot> snapshots = wanted.allSnapshots()
                .filter(s -> !present.snapshot(s.instance(), s.name()).equals(Optional.of(s))).toList();
        List<Snapshot.Key> drop = present.allSnapshots().map(Snapshot::key)
                .filter(k -> wanted.snapshot(k.instance(), k.name()).isEmpty()).toList();
        return new Restoration(name, as, present, new Change("restore " + name, by, put, delete, snapshots, drop));
    }
}
