package dev.svc.repository;

import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Sequence;
import dev.svc.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A change and its place in history.
record Numbered(Sequence sequence, Change change) {
    /// A change of the manager's own that says of each row what it is.
    static Change change(String what, List<Row> puts, List<Row.Key> deletes) {
        List<LayerGroup> groups = new ArrayList<>();
        List<Snapshot> snapshots = new ArrayList<>();
        for (Row row : puts) {
            switch (row) {
                case Row.Group group -> groups.add(group.group());
                case Row.Shot shot -> snapshots.add(shot.snapshot());
            }
        }
        List<LayerGroup.Key> goneGroups = new ArrayList<>();
        List<Snapshot.Key> goneSnapshots = new ArrayList<>();
        for (Row.Key key : deletes) {
            switch (key) {
                case Row.Key.OfGroup(LayerGroup.Key group) -> goneGroups.add(group);
                case Row.Key.OfShot(Snapshot.Key shot) -> goneSnapshots.add(shot);
            }
        }
        return new Change(what, 0, groups, goneGroups, snapshots, goneSnapshots);
    }

    /// The rows it puts.
    List<Row> puts() {
        return Stream.<Row>concat(
                change.put().stream().map(g -> new Row.Group(g, sequence.number())),
                change.putSnapshots().stream().map(s -> new Row.Shot(s, sequence.number()))).toList();
    }

    /// The rows it deletes (before it puts).
    List<Row.Key> deletes() {
        return Stream.<Row.Key>concat(
                change.delete().stream().map(Row.Key.OfGroup::new),
                change.deleteSnapshots().stream().map(Row.Key.OfShot::new)).toList();
    }
}
