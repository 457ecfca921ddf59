package dev.svc.control;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Glob;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One thing that a layer above manifests and system profiles says, or hides (svccfg listcust).
///
/// @param property what it says about one property; without, it is about the group as a whole
/// @param masked whether it hides what lower layers say
record Customization(EntityFmri entity, Layer layer, PropertyGroup group, Optional<String> property, boolean masked) {
    /// `group` or `group/property`.
    String name() {
        return group.name() + property.map(p -> "/" + p).orElse("");
    }

    Optional<Property> value() {
        return property.flatMap(group::property);
    }

    /// Which customizations are meant.
    ///
    /// @param glob against the name of a group, which then comes whole, or `group/property`
    record Choice(Set<Layer> layers, boolean maskedOnly, Optional<String> glob) {
        boolean has(Customization customization) {
            return (customization.masked || !maskedOnly) && glob.map(Glob::new)
                    .map(g -> g.matches(customization.name()) || g.matches(customization.group.name())).orElse(true);
        }
    }

    /// Those of an entity; of a service also those of its instances.
    static List<Customization> of(EntityFmri entity, Model model, Choice choice) {
        List<Customization> all = new ArrayList<>();
        for (EntityFmri one : withChildren(entity, model)) {
            model.layers(one).filter(g -> choice.layers.contains(g.layer())).forEach(row -> add(all, row));
        }
        return all.stream().filter(choice::has).toList();
    }

    private static List<EntityFmri> withChildren(EntityFmri entity, Model model) {
        List<EntityFmri> all = new ArrayList<>(List.of(entity));
        if (entity instanceof ServiceFmri service) {
            all.addAll(model.instances(service));
        }
        return all;
    }

    private static void add(List<Customization> all, LayerGroup row) {
        if (row.masking() == LayerGroup.Masking.WHOLE_GROUP) {
            all.add(new Customization(row.entity(), row.layer(), row.group(), Optional.empty(), true));
        } else if (row.group().properties().isEmpty() && row.maskedProperties().isEmpty()) {
            all.add(new Customization(row.entity(), row.layer(), row.group(), Optional.empty(), false));
        }
        row.group().properties()
                .forEach(p -> all.add(new Customization(row.entity(), row.layer(), row.group(), Optional.of(p.name()), false)));
        row.maskedProperties().stream().sorted()
                .forEach(p -> all.add(new Customization(row.entity(), row.layer(), row.group(), Optional.of(p), true)));
    }

    /// The change that takes customizations away, all of the layer of the administrator; what lower layers say is there again.
    static Change without(List<Customization> customizations, Model model, String what, int by) {
        Map<LayerGroup.Key, Optional<LayerGroup>> rows = new LinkedHashMap<>();
        for (Customization one : customizations) {
            LayerGroup.Key key = new LayerGroup.Key(one.entity, one.layer, one.group.name());
            Optional<LayerGroup> row = rows.containsKey(key) ? rows.get(key) : model.layer(key);
            row.ifPresent(r -> rows.put(key, one.withdrawnFrom(r)));
        }
        return new Change(what, by, rows.values().stream().flatMap(Optional::stream).toList(),
                rows.entrySet().stream().filter(e -> e.getValue().isEmpty()).map(Map.Entry::getKey).toList(), List.of(), List.of());
    }

    /// What is left of the row, if anything is.
    private Optional<LayerGroup> withdrawnFrom(LayerGroup row) {
        Set<String> masks = new HashSet<>(row.maskedProperties());
        PropertyGroup left = row.group();
        LayerGroup.Masking masking = row.masking();
        if (property.isEmpty()) {
            masking = LayerGroup.Masking.NONE;
        } else if (masked) {
            masks.remove(property.get());
        } else {
            left = left.without(property.get());
        }
        boolean empty = left.properties().isEmpty() && masks.isEmpty() && masking == LayerGroup.Masking.NONE;
        return empty ? Optional.empty() : Optional.of(new LayerGroup(row.entity(), row.layer(), left, masks, masking));
    }
}
