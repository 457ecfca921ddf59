package dev.svc.repository;

import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows gathered from files that may disagree: of each key the one with the highest sequence. In the order in which keys came, so that what
/// is written from them is the same each time.
final class Rows {
    private final Map<Row.Key, Row> rows = new LinkedHashMap<>();

    /// Takes a row unless a newer one of its key is here.
    ///
    /// @return whether it was taken
    boolean put(Row row) {
        Row known = rows.get(row.key());
        boolean taken = known == null || known.sequence() <= row.sequence();
        if (taken) {
            rows.put(row.key(), row);
        }
        return taken;
    }

    /// Takes over the rows of `other` that changes after `after` put and that are newer than ours; yields how many. An older row that is
    /// absent here was deleted since.
    int overlay(Rows other, long after) {
        int newer = 0;
        for (Row row : other.all()) {
            Row known = rows.get(row.key());
            if (row.sequence() > after && (known == null || known.sequence() < row.sequence())) {
                rows.put(row.key(), row);
                newer++;
            }
        }
        return newer;
    }

    /// What a change says, so far as it is not older than what is here.
    void apply(Numbered numbered) {
        for (Row.Key key : numbered.deletes()) {
            Row known = rows.get(key);
            if (known != null && known.sequence() <= numbered.sequence().number()) {
                rows.remove(key);
            }
        }
        numbered.puts().forEach(this::put);
    }

    Collection<Row> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    int size() {
        return rows.size();
    }

    boolean isEmpty() { return rows.isEmpty(); }

    /// The same rows, put by change `number`.
    Rows asOf(long number) {
        Rows same = new Rows();
        for (Row row : rows.values()) {
            same.put(switch (row) {
                case Row.Group(var group, long _) -> new Row.Group(group, number);
                case Row.Shot(var snapshot, long _) -> new Row.Shot(snapshot, number);
            });
        }
        return same;
    }

    Rows copy() {
        Rows copy = new Rows();
        copy.rows.putAll(rows);
        return copy;
    }

    /// The number of the newest row's change, 0 if there is none.
    long newest() {
        return rows.values().stream().mapToLong(Row::sequence).max().orElse(0);
    }

    /// The number of each row's change.
    Map<Row.Key, Long> sequences() {
        Map<Row.Key, Long> sequences = HashMap.newHashMap(rows.size());
        rows.forEach((key, row) -> sequences.put(key, row.sequence()));
        return sequences;
    }

    Model model() {
        List<LayerGroup> groups = new ArrayList<>(rows.size());
        List<Snapshot> snapshots = new ArrayList<>();
        for (Row row : rows.values()) {
            switch (row) {
                case Row.Group group -> groups.add(group.group());
                case Row.Shot shot -> snapshots.add(shot.snapshot());
            }
        }
        return Model.EMPTY.with(new Change("load", 0, groups, List.of(), snapshots, List.of()));
    }
}
