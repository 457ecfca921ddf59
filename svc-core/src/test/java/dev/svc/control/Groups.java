package dev.svc.control;

import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.List;

/// Property groups for tests.
final class Groups {
    private Groups() {}

    static PropertyGroup application(String name, Property... properties) {
        return new PropertyGroup(name, PropertyGroup.APPLICATION, List.of(properties));
    }

    static PropertyGroup framework(String name, Property... properties) {
        return new PropertyGroup(name, PropertyGroup.FRAMEWORK, List.of(properties));
    }

    static PropertyGroup template(String name, Property... properties) {
        return new PropertyGroup(name, PropertyGroup.TEMPLATE, List.of(properties));
    }

    static PropertyGroup requires(String name, String... entities) {
        return dependency(name, "require_all", entities);
    }

    static PropertyGroup dependency(String name, String grouping, String... entities) {
        return new PropertyGroup(name, PropertyGroup.DEPENDENCY, List.of(Property.text("grouping", grouping),
                Property.text("restart_on", "none"), Property.text("type", entities[0].startsWith("file:") ? "path" : "service"),
                new Property("entities", ValueType.FMRI, List.of(entities))));
    }

    static Property text(String name, String... values) {
        return new Property(name, ValueType.ASTRING, List.of(values));
    }
}
