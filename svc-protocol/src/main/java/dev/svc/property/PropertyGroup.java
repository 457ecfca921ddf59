package dev.svc.property;

import dev.svc.fmri.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A named, typed set of properties, in storage order: SMF's unit of transaction, and ours of storage.
public record PropertyGroup(String name, String type, List<Property> properties) {
    public static final String FRAMEWORK = "framework";
    public static final String APPLICATION = "application";
    public static final String DEPENDENCY = "dependency";
    public static final String METHOD = "method";
    public static final String TEMPLATE = "template";

    public PropertyGroup {
        Names.checkedName(name, "property group");
        Names.checkedName(type, "property group type");
        name = name.intern();
        type = type.intern();
        properties = List.copyOf(properties);
        Map<String, Property> seen = new LinkedHashMap<>();
        for (Property property : properties) {
            if (seen.put(property.name(), property) != null) {
                throw new IllegalArgumentException("property " + name + "/" + property.name() + " is defined twice");
            }
        }
    }

    public Optional<Property> property(String property) {
        return properties.stream().filter(p -> p.name().equals(property)).findFirst();
    }

    /// The first value of a property, whatever its type.
    public Optional<String> value(String property) {
        return property(property).flatMap(p -> p.values().stream().findFirst());
    }

    /// All values of a property; empty if it has none or is absent.
    public List<String> values(String property) {
        return property(property).map(Property::values).orElse(List.of());
    }

    /// The value of a boolean property.
    public Optional<Boolean> truth(String property) {
        return property(property).filter(p -> p.type() == ValueType.BOOLEAN && p.values().size() == 1)
                .map(p -> p.values().getFirst().equals("true"));
    }

    /// The value of a count or integer property, if it fits a long.
    public OptionalLong number(String property) {
        Optional<Property> found = property(property)
                .filter(p -> (p.type() == ValueType.COUNT || p.type() == ValueType.INTEGER) && p.values().size() == 1);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(found.get().values().getFirst()));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /// This group with `property` added, or in place of its namesake.
    public PropertyGroup with(Property property) {
        Map<String, Property> all = new LinkedHashMap<>();
        properties.forEach(p -> all.put(p.name(), p));
        all.put(property.name(), property);
        return new PropertyGroup(name, type, List.copyOf(all.values()));
    }

    /// This group without the property of that name.
    public PropertyGroup without(String property) {
        return new PropertyGroup(name, type, properties.stream().filter(p -> !p.name().equals(property)).toList());
    }
}
