package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A change while it is made: rows put and deleted over a model. What says the same as the model does not become part of it.
final class ChangeDraft {
    private final Model model;
    private final Map<LayerGroup.Key, Optional<LayerGroup>> rows = new LinkedHashMap<>();
    private final Map<Snapshot.Key, Snapshot> snapshots = new LinkedHashMap<>();
    private final Set<EntityFmri> touched = new LinkedHashSet<>();

    ChangeDraft(Model model) {
        this.model = model;
    }

    /// The row as it will be.
    Optional<LayerGroup> row(LayerGroup.Key key) {
        Optional<LayerGroup> pending = rows.get(key);
        return pending != null ? pending : model.layer(key);
    }

    /// The rows of an entity, as they will be.
    List<LayerGroup> rows(EntityFmri entity) {
        List<LayerGroup> all = new ArrayList<>(model.layers(entity).filter(r -> !rows.containsKey(r.key())).toList());
        rows.values().stream().flatMap(Optional::stream).filter(r -> r.entity().equals(entity)).forEach(all::add);
        return all;
    }

    /// Puts a row, unless there is one that says the same. Yields whether there was none.
    boolean put(LayerGroup row) {
        if (row(row.key()).filter(old -> same(old, row)).isPresent()) {
            return false;
        }
        rows.put(row.key(), Optional.of(row));
        touched.add(row.entity());
        return true;
    }

    /// Puts a row that no method reads, so that nobody needs to be refreshed for it.
    void putBookkeeping(LayerGroup row) {
        if (row(row.key()).filter(old -> same(old, row)).isEmpty()) {
            rows.put(row.key(), Optional.of(row));
        }
    }

    /// Deletes a row. Yields whether there was one.
    boolean delete(LayerGroup.Key key) {
        if (row(key).isEmpty()) {
            return false;
        }
        rows.put(key, Optional.empty());
        touched.add(key.entity());
        return true;
    }

    /// Puts a snapshot, unless it is as it was. Yields whether it was not.
    boolean put(Snapshot snapshot) {
        if (model.snapshot(snapshot.instance(), snapshot.name()).filter(old -> same(old, snapshot)).isPresent()) {
            return false;
        }
        snapshots.put(snapshot.key(), snapshot);
        return true;
    }

    /// The instances that see what was put and deleted.
    Set<InstanceFmri> affected(Model after) {
        Set<InstanceFmri> instances = new LinkedHashSet<>();
        for (EntityFmri entity : touched) {
            switch (entity) {
                case InstanceFmri instance -> instances.add(instance);
                case ServiceFmri service -> instances.addAll(after.instances(service));
            }
        }
        return instances;
    }

    Change change(String what, int by) {
        List<LayerGroup> put = rows.values().stream().flatMap(Optional::stream).toList();
        List<LayerGroup.Key> delete = rows.entrySet().stream().filter(e -> e.getValue().isEmpty()).map(Map.Entry::getKey)
                .filter(key -> model.layer(key).isPresent()).toList();
        return new Change(what, by, put, delete, List.copyOf(snapshots.values()), List.of());
    }

    private static boolean same(LayerGroup one, LayerGroup other) {
        return one.masking() == other.masking() && one.maskedProperties().equals(other.maskedProperties())
                && same(one.group(), other.group());
    }

    /// Whether two groups say the same; the order of properties means nothing.
    static boolean same(PropertyGroup one, PropertyGroup other) {
        return one.name().equals(other.name()) && one.type().equals(other.type())
                && new HashSet<>(one.properties()).equals(new HashSet<>(other.properties()));
    }

    private static boolean same(Snapshot one, Snapshot other) {
        return same(one.instanceLevel(), other.instanceLevel()) && same(one.serviceLevel(), other.serviceLevel());
    }

    private static boolean same(List<PropertyGroup> some, List<PropertyGroup> others) {
        Map<String, PropertyGroup> byName = new LinkedHashMap<>();
        others.forEach(g -> byName.put(g.name(), g));
        return some.size() == others.size()
                && some.stream().allMatch(g -> byName.containsKey(g.name()) && same(g, byName.get(g.name())));
    }
}
