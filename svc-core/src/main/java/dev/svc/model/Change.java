package dev.svc.model;

import java.util.ArrayList;
import java.util.List;

/// One administrative change: whole property groups and snapshots, absolute values, so that applying it twice is applying it once.
///
/// @param what what was asked, for the audit trail, such as `enable svc:/network/ssh:default`
/// @param by uid of who asked
public record Change(
        String what,
        int by,
        List<LayerGroup> put,
        List<LayerGroup.Key> delete,
        List<Snapshot> putSnapshots,
        List<Snapshot.Key> deleteSnapshots) {
    public Change {
        put = List.copyOf(put);
        delete = List.copyOf(delete);
        putSnapshots = List.copyOf(putSnapshots);
        deleteSnapshots = List.copyOf(deleteSnapshots);
    }

    public static Change of(String what, int by, List<LayerGroup> put) {
        return new Change(what, by, put, List.of(), List.of(), List.of());
    }

    public boolean isEmpty() { return put.isEmpty() && delete.isEmpty() && putSnapshots.isEmpty() && deleteSnapshots.isEmpty(); }

    /// This change followed by `next`, as one.
    public Change and(Change next) {
        List<LayerGroup> puts = new ArrayList<>(put);
        puts.removeIf(g -> next.delete.contains(g.key()) || next.put.stream().anyMatch(n -> n.key().equals(g.key())));
        puts.addAll(next.put);
        List<LayerGroup.Key> deletes = new ArrayList<>(delete);
        deletes.removeIf(k -> next.put.stream().anyMatch(n -> n.key().equals(k)) || next.delete.contains(k));
        deletes.addAll(next.delete);
        List<Snapshot> snapshots = new ArrayList<>(putSnapshots);
        snapshots.removeIf(
                s -> next.deleteSnapshots.contains(s.key()) || next.putSnapshots.stream().anyMatch(n -> n.key().equals(s.key())));
        snapshots.addAll(next.putSnapshots);
        List<Snapshot.Key> gone = new ArrayList<>(deleteSnapshots);
        gone.removeIf(k -> next.putSnapshots.stream().anyMatch(n -> n.key().equals(k)) || next.deleteSnapshots.contains(k));
        gone.addAll(next.deleteSnapshots);
        return new Change(what, by, puts, deletes, snapshots, gone);
    }
}
