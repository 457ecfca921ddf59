package dev.svc.manifest;

import dev.svc.property.PropertyGroup;
import java.util.List;
import java.util.Optional;

/// What a bundle says of one property group.
///
/// @param type empty where a profile leaves it to what is there already
/// @param intent whether the group is set or asked to be deleted
/// @param line where it begins
public record BundledGroup(String name, Optional<String> type, List<BundledProperty> properties, Intent intent, int line) {
    /// `delete="true"` asks for deletion.
    public enum Intent {
        SET, DELETE
    }

    public BundledGroup {
        properties = List.copyOf(properties);
    }

    /// The group itself.
    ///
    /// @throws IllegalStateException if a type is left open, which only a profile may do
    public PropertyGroup group() {
        String known = type.orElseThrow(() -> new IllegalStateException("property group \"" + name + "\" has no type"));
        return new PropertyGroup(name, known, properties.stream().map(BundledProperty::property).toList());
    }
}
