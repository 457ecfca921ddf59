package dev.svc.model;

import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// About how many bytes an entity takes in a manager's memory: its groups and snapshots here and in the repository, and what engine and
/// graph make of them. Estimated from counts of objects on a 64-bit JVM with compressed references, and compared with a heap of 10,000
/// instances; groups that several snapshots share count once.
final class Weight {
    /// An entity's maps, name, definition, label and vertex.
    private static final long ENTITY = 2048;
    private static final long ROW = 192;
    private static final long GROUP = 96;
    private static final long PROPERTY = 56;
    private static final long VALUE = 40;

    private Weight() {}

    static long of(Map<String, List<LayerGroup>> groups, Map<String, Snapshot> snapshots) {
        if (groups.isEmpty() && snapshots.isEmpty()) {
            return 0;
        }
        Set<PropertyGroup> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        long sum = ENTITY;
        for (List<LayerGroup> layers : groups.values()) {
            for (LayerGroup layer : layers) {
                sum += ROW + of(layer.group(), counted);
            }
        }
        for (Snapshot snapshot : snapshots.values()) {
            sum += ROW + of(snapshot.instanceLevel(), counted) + 8L * snapshot.serviceLevel().size();
        }
        return sum;
    }

    private static long of(Collection<PropertyGroup> groups, Set<PropertyGroup> counted) {
        return groups.stream().mapToLong(g -> 8 + of(g, counted)).sum();
    }

    private static long of(PropertyGroup group, Set<PropertyGroup> counted) {
        return counted.add(group) ? GROUP + group.properties().stream().mapToLong(Weight::of).sum() : 0;
    }

    private static long of(Property property) {
        return PROPERTY + property.values().stream().mapToLong(v -> VALUE + v.length()).sum();
    }
}
