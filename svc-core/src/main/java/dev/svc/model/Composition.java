package dev.svc.model;

import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How property groups of two levels, or of several layers, become one view.
public final class Composition {
    private Composition() {}

    /// Instance groups first, in their order, then service groups the instance lacks. Groups of one name and type merge, the
    /// instance's property winning; of different types the instance's group hides the service's.
    public static List<PropertyGroup> over(List<PropertyGroup> instance, List<PropertyGroup> service) {
        Map<String, PropertyGroup> lower = new LinkedHashMap<>();
        service.forEach(g -> lower.put(g.name(), g));
        List<PropertyGroup> all = new ArrayList<>(instance.size() + service.size());
        for (PropertyGroup group : instance) {
            PropertyGroup below = lower.remove(group.name());
            all.add(below != null && below.type().equals(group.type()) ? merged(group, below) : group);
        }
        all.addAll(lower.values());
        return List.copyOf(all);
    }

    /// What the layers of one group, lowest first, make together; nothing if the highest masks it and says nothing of its own.
    static List<PropertyGroup> ofLayers(List<LayerGroup> lowestFirst) {
        PropertyGroup sum = null;
        for (LayerGroup layer : lowestFirst) {
            boolean hides = layer.masking() == LayerGroup.Masking.WHOLE_GROUP;
            if (hides && layer.group().properties().isEmpty()) {
                sum = null;
            } else if (sum == null || hides || !sum.type().equals(layer.group().type())) {
                sum = layer.group();
            } else {
                sum = merged(layer.group(), without(sum, layer));
            }
        }
        return sum == null ? List.of() : List.of(sum);
    }

    private static PropertyGroup without(PropertyGroup group, LayerGroup above) {
        PropertyGroup left = group;
        for (String masked : above.maskedProperties()) {
            left = left.without(masked);
        }
        return left;
    }

    private static PropertyGroup merged(PropertyGroup above, PropertyGroup below) {
        List<Property> properties = new ArrayList<>(above.properties());
        for (Property property : below.properties()) {
            if (above.property(property.name()).isEmpty()) {
                properties.add(property);
            }
        }
        return new PropertyGroup(above.name(), above.type(), properties);
    }
}
