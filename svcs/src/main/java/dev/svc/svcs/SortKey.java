package dev.svc.svcs;

import java.util.Comparator;
import java.util.List;

/// A column to sort by, and which way.
record SortKey(Column column, Direction direction) {
    enum Direction {
        ASCENDING, DESCENDING
    }

    /// What listings are sorted by if nothing else is asked for.
    static final List<SortKey> DEFAULT = List.of(new SortKey(Column.STATE, Direction.ASCENDING),
            new SortKey(Column.STIME, Direction.ASCENDING), new SortKey(Column.FMRI, Direction.ASCENDING));

    /// Orders instances by `keys`, the first the most significant.
    record Order(List<SortKey> keys) implements Comparator<Instance> {
        @Override public int compare(Instance a, Instance b) {
            for (SortKey key : keys) {
                int order = key.direction == Direction.ASCENDING ? key.column.compare(a, b) : key.column.compare(b, a);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }
}
