package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.List;
import java.util.stream.Stream;

/// The record an entity keeps of the dependencies it put into others: group `dependents`, one property each, its value the target.
final class DependentsGroup {
    static final String NAME = "dependents";
    private static final String EXTERNAL = "external";

    /// One dependency put into another entity.
    record Entry(String name, EntityFmri target) {}

    private DependentsGroup() {}

    /// The group that records `dependents`.
    static PropertyGroup of(List<Dependent> dependents) {
        return new PropertyGroup(NAME, PropertyGroup.FRAMEWORK,
                dependents.stream().map(d -> new Property(d.name(), ValueType.FMRI, d.target().toString())).toList());
    }

    /// What the entity has in others, by its current groups.
    static List<Entry> of(EntityFmri declaring, Model model) {
        return model.own(declaring, NAME).stream().flatMap(DependentsGroup::entries).toList();
    }

    /// What a group `dependents` lists; values that are no FMRI of an entity are passed over.
    static Stream<Entry> entries(PropertyGroup group) {
        return group.properties().stream().flatMap(p -> p.values().stream().flatMap(v -> entry(p.name(), v)));
    }

    private static Stream<Entry> entry(String name, String target) {
        try {
            return Stream.of(new Entry(name, EntityFmri.parse(target)));
        } catch (InvalidFmriException _) {
            return Stream.empty();
        }
    }

    /// Whether the group is a dependency that another entity put where it is.
    static boolean isExternal(PropertyGroup group) {
        return group.type().equals(PropertyGroup.DEPENDENCY) && group.truth(EXTERNAL).orElse(false);
    }

    /// Whether the row is the dependency `name` which `declaring` put there.
    static boolean isFrom(EntityFmri declaring, String name, LayerGroup row) {
        return row.group().name().equals(name) && isFrom(declaring, row.group());
    }

    static boolean isFrom(EntityFmri declaring, PropertyGroup group) {
        return isExternal(group) && group.value("entities").map(declaring.toString()::equals).orElse(false);
    }
}
