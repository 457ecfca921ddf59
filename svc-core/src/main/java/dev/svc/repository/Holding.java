package dev.svc.repository;

import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What the repository holds, in memory: the model, the sequence of each row, and the sum of all. While the manager lives this is the
/// best copy there is; the database is written from it.
final class Holding {
    private Map<Row.Key, Long> sequences;
    private Model model;
    private SetHash set;
    private Sequence last;
    private List<Freshness.Range> lost;

    private Holding(Model model, Map<Row.Key, Long> sequences, SetHash set, Sequence last, List<Freshness.Range> lost) {
        this.model = model;
        this.sequences = sequences;
        this.set = set;
        this.last = last;
        this.lost = List.copyOf(lost);
    }

    /// Nothing yet; `last` tells the epoch.
    static Holding empty(Sequence last) {
        return new Holding(Model.EMPTY, new HashMap<>(), SetHash.EMPTY, last, List.of());
    }

    /// The rows of a sound database.
    static Holding of(Rows rows, Meta meta) {
        return new Holding(rows.model(), rows.sequences(), meta.set(), meta.sequence(), meta.lost());
    }

    /// Rows from wherever, as of change `last`, without the changes `lost`.
    static Holding of(Rows rows, Sequence last, List<Freshness.Range> lost) {
        SetHash set = SetHash.EMPTY;
        for (Row row : rows.all()) {
            set = set.with(row.hash());
        }
        return new Holding(rows.model(), rows.sequences(), set, last, lost);
    }

    Model model() {
        return model;
    }

    /// The last change that is in it.
    Sequence last() {
        return last;
    }

    List<Freshness.Range> lost() {
        return lost;
    }

    Meta meta() {
        return new Meta(Meta.SCHEMA, last, lost, set);
    }

    /// Every row, as it stands in a database that is up to date.
    Stream<Row> rows() {
        return Stream.concat(
                model.allGroups().map(g -> new Row.Group(g, sequences.get(Row.Group.key(g)))),
                model.allSnapshots().map(s -> new Row.Shot(s, sequences.get(Row.Shot.key(s)))));
    }

    Map<Row.Key, Long> sequences() {
        return sequences;
    }

    int size() {
        return sequences.size();
    }

    void lose(List<Freshness.Range> ranges) {
        lost = List.copyOf(ranges);
    }

    /// What is lost is lost: from here on everything up to `top` counts as seen.
    void acceptLoss(Sequence top) {
        lost = List.of();
        last = top;
    }

    /// Holds what `other` does.
    void become(Holding other) {
        model = other.model;
        sequences = other.sequences;
        set = other.set;
        last = other.last;
        lost = other.lost;
    }

    /// Takes changes, in order, and yields what they make of the rows: the last word about each.
    Collection<Touch> apply(List<Numbered> changes) {
        return apply(changes, model.with(changes.stream().map(Numbered::change).toList()));
    }

    /// The same.
    ///
    /// @param next the model with these changes
    Collection<Touch> apply(List<Numbered> changes, Model next) {
        Set<Row.Key> touched = new LinkedHashSet<>();
        for (Numbered numbered : changes) {
            touched.addAll(numbered.deletes());
            numbered.puts().forEach(row -> touched.add(row.key()));
        }
        touched.stream().filter(sequences::containsKey).forEach(key -> set = set.without(row(key).hash()));
        for (Numbered numbered : changes) {
            numbered.deletes().forEach(sequences::remove);
            numbered.puts().forEach(row -> sequences.put(row.key(), row.sequence()));
        }
        model = next;
        last = changes.getLast().sequence();
        Collection<Touch> touches = new ArrayList<>(touched.size());
        touched.forEach(key -> touches.add(touch(key)));
        return touches;
    }

    private Touch touch(Row.Key key) {
        if (!sequences.containsKey(key)) {
            return new Touch.Erase(key);
        }
        Touch.Write write = Touch.Write.of(row(key));
        set = set.with(write.hash());
        return write;
    }

    private Row row(Row.Key key) {
        long sequence = sequences.get(key);
        return switch (key) {
            case Row.Key.OfGroup(var group) -> new Row.Group(model.layer(group).orElseThrow(), sequence);
            case Row.Key.OfShot(var shot) -> new Row.Shot(model.snapshot(shot.instance(), shot.name()).orElseThrow(), sequence);
        };
    }
}
