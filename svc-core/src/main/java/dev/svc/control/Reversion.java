package dev.svc.control;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The change that makes the current properties of an instance and its service those of a snapshot, by what the administrator's layer has
/// to say and to hide for it. `general/enabled` stays as it is.
final class Reversion {
    private static final String GENERAL = "general";
    private static final String ENABLED = "enabled";

    private final Model model;
    /// The same without the administrator's layer of both.
    private final Model bare;
    private final List<LayerGroup> put = new ArrayList<>();
    private final List<LayerGroup.Key> delete = new ArrayList<>();

    private Reversion(Model model, InstanceFmri instance) {
        this.model = model;
        List<LayerGroup.Key> administrators = new ArrayList<>();
        for (EntityFmri entity : List.of(instance.serviceFmri(), instance)) {
            model.layers(entity).filter(g -> g.layer() == Layer.ADMIN).map(LayerGroup::key).forEach(administrators::add);
        }
        this.bare = model.with(new Change("", 0, List.of(), administrators, List.of(), List.of()));
    }

    /// What is current now becomes the snapshot *previous*.
    static Change to(Snapshot snapshot, Model model, int by) {
        InstanceFmri instance = snapshot.instance();
        Reversion reversion = new Reversion(model, instance);
        reversion.revert(instance.serviceFmri(), snapshot.serviceLevel());
        reversion.revert(instance, snapshot.instanceLevel());
        return new Change("revert " + instance + " to " + snapshot.name(), by, reversion.put, reversion.delete,
                List.of(model.snapshotNow(instance, Snapshot.PREVIOUS)), List.of());
    }

    private void revert(EntityFmri entity, List<PropertyGroup> then) {
        Set<String> names = new TreeSet<>();
        then.forEach(group -> names.add(group.name()));
        model.own(entity).forEach(group -> names.add(group.name()));
        for (String name : names) {
            Optional<PropertyGroup> wanted = then.stream().filter(group -> group.name().equals(name)).findFirst();
            row(entity, name, name.equals(GENERAL) ? asEnabledAsNow(entity, wanted) : wanted);
        }
    }

    private Optional<PropertyGroup> asEnabledAsNow(EntityFmri entity, Optional<PropertyGroup> wanted) {
        Optional<PropertyGroup> now = model.own(entity, GENERAL);
        Optional<Property> enabled = now.flatMap(group -> group.property(ENABLED));
        PropertyGroup group = wanted.orElseGet(() -> new PropertyGroup(GENERAL, PropertyGroup.FRAMEWORK, List.of())).without(ENABLED);
        return wanted.isEmpty() && enabled.isEmpty() ? Optional.empty() : Optional.of(enabled.map(group::with).orElse(group));
    }

    /// What the administrator's layer says of a group so that it is as wanted.
    private void row(EntityFmri entity, String name, Optional<PropertyGroup> wanted) {
        Optional<PropertyGroup> below = bare.own(entity, name);
        LayerGroup.Key key = new LayerGroup.Key(entity, Layer.ADMIN, name);
        if (wanted.equals(below) || sameAs(below, wanted)) {
            model.layer(key).ifPresent(_ -> delete.add(key));
        } else if (wanted.isEmpty()) {
            PropertyGroup hidden = new PropertyGroup(name, below.orElseThrow().type(), List.of());
            put(new LayerGroup(entity, Layer.ADMIN, hidden, Set.of(), LayerGroup.Masking.WHOLE_GROUP));
        } else {
            PropertyGroup group = wanted.get();
            List<Property> own = group.properties().stream()
                    .filter(p -> !below.flatMap(b -> b.property(p.name())).equals(Optional.of(p))).toList();
            Set<String> masked = below.map(PropertyGroup::properties).orElse(List.of()).stream().map(Property::name)
                    .filter(p -> group.property(p).isEmpty()).collect(Collectors.toSet());
            put(new LayerGroup(entity, Layer.ADMIN, new PropertyGroup(name, group.type(), own), masked, LayerGroup.Masking.NONE));
        }
    }

    /// The order of properties does not matter.
    private static boolean sameAs(Optional<PropertyGroup> one, Optional<PropertyGroup> other) {
        return one.isPresent() && other.isPresent() && one.get().type().equals(other.get().type())
                && Set.copyOf(one.get().properties()).equals(Set.copyOf(other.get().properties()));
    }

    private void put(LayerGroup row) {
        if (!model.layer(row.key()).equals(Optional.of(row))) {
            put.add(row);
        }
    }
}
