package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The views of svcprop(1) on the property groups of one snapshot of the whole.
record ViewedGroups(Published published, RenderedGroups rendered) {
    /// Those that `selection` chooses, `group` or `group/property` (the group then has that property alone); one or none.
    static List<ViewedGroup> select(List<ViewedGroup> groups, String selection) {
        int slash = selection.indexOf('/');
        String name = slash < 0 ? selection : selection.substring(0, slash);
        Optional<ViewedGroup> group = groups.stream().filter(g -> g.group().name().equals(name)).findFirst();
        if (slash < 0) {
            return group.stream().toList();
        }
        return group.stream().flatMap(g -> g.group().property(selection.substring(slash + 1)).stream()
                .map(p -> new ViewedGroup(new PropertyGroup(name, g.group().type(), List.of(p)), g.holder(), g.inherited()))).toList();
    }

    /// The running snapshot, then what is not persistent; current values if there is no such snapshot. Of a service: its own.
    List<ViewedGroup> effective(EntityFmri entity) {
        return switch (entity) {
            case ServiceFmri _ -> own(entity);
            case InstanceFmri instance -> model().snapshot(instance, Snapshot.RUNNING).map(s -> withRendered(instance, s))
                    .orElseGet(() -> current(entity));
        };
    }

    /// Current values, an instance's over its service's.
    List<ViewedGroup> current(EntityFmri entity) {
        return switch (entity) {
            case ServiceFmri _ -> own(entity);
            case InstanceFmri instance -> {
                List<ViewedGroup> groups = new ArrayList<>();
                model().current(instance).forEach(group -> groups.add(withHolders(instance, group)));
                groups.addAll(ofRendered(instance));
                yield groups;
            }
        };
    }

    /// Current values directly attached to the entity.
    List<ViewedGroup> own(EntityFmri entity) {
        List<ViewedGroup> groups = new ArrayList<>();
        model().own(entity).forEach(group -> groups.add(new ViewedGroup(group, entity)));
        groups.addAll(ofRendered(entity));
        return groups;
    }

    /// A snapshot; what is not persistent only answers selections. Nothing if there is no such snapshot.
    Optional<List<ViewedGroup>> snapshot(InstanceFmri instance, String name, List<String> selections) {
        return model().snapshot(instance, name)
                .map(snapshot -> selections.isEmpty() ? composed(instance, snapshot) : withRendered(instance, snapshot));
    }

    /// What reading the values of `group` demands, if anything.
    Optional<Demand> demand(EntityFmri entity, PropertyGroup group) {
        return new Demands(model()).reading(entity, group);
    }

    private Model model() {
        return published.model();
    }

    private static List<ViewedGroup> composed(InstanceFmri instance, Snapshot snapshot) {
        return snapshot.composed().stream().map(group -> new ViewedGroup(group, instance)).toList();
    }

    private List<ViewedGroup> withRendered(InstanceFmri instance, Snapshot snapshot) {
        List<ViewedGroup> groups = new ArrayList<>(composed(instance, snapshot));
        groups.addAll(ofRendered(instance));
        return groups;
    }

    private List<ViewedGroup> ofRendered(EntityFmri entity) {
        return rendered.of(entity, published).stream().map(group -> new ViewedGroup(group, entity)).toList();
    }

    private ViewedGroup withHolders(InstanceFmri instance, PropertyGroup composed) {
        Optional<PropertyGroup> own = model().own(instance, composed.name());
        if (own.isEmpty()) {
            return new ViewedGroup(composed, instance.serviceFmri());
        }
        return new ViewedGroup(composed, instance, composed.properties().stream().map(Property::name)
                .filter(name -> own.get().property(name).isEmpty()).collect(Collectors.toSet()));
    }
}
