package dev.svc.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        return all(List.of(this, next));
    }

    /// Several changes, in order, as one.
    public static Change all(List<Change> changes) {
        Map<LayerGroup.Key, Optional<LayerGroup>> groups = new LinkedHashMap<>();
        Map<Snapshot.Key, Optional<Snapshot>> shots = new LinkedHashMap<>();
        for (Change change : changes) {
            change.delete.forEach(k -> last(groups, k, Optional.empty()));
            change.put.forEach(g -> last(groups, g.key(), Optional.of(g)));
            change.deleteSnapshots.forEach(k -> last(shots, k, Optional.empty()));
            change.putSnapshots.forEach(s -> last(shots, s.key(), Optional.of(s)));
        }
        return new Change(changes.getFirst().what, changes.getFirst().by, put(groups), deleted(groups), put(shots), deleted(shots));
    }

    private static <K, V> void last(Map<K, Optional<V>> all, K key, Optional<V> value) {
        all.remove(key);
        all.put(key, value);
    }

    private static <K, V> List<V> put(Map<K, Optional<V>> all) {
        return all.values().stream().flatMap(Optional::stream).toList();
    }

    private static <K, V> List<K> deleted(Map<K, Optional<V>> all) {
        return all.entrySet().stream().filter(e -> e.getValue().isEmpty()).map(Map.Entry::getKey).toList();
    }
}
