package dev.svc.manifest;

import dev.svc.property.Property;
import dev.svc.property.ValueType;
import java.util.List;
import java.util.Optional;

/// What a bundle says of one property.
///
/// @param type empty where a profile leaves it to what is there already
/// @param values canonical if the type is given, else as written
/// @param precedence whether a changed value replaces the administrator's (`override="true"`)
/// @param line where it stands
public record BundledProperty(String name, Optional<ValueType> type, List<String> values, Precedence precedence, int line) {
    public enum Precedence {
        ORDINARY, OVERRIDE
    }

    public BundledProperty {
        values = List.copyOf(values);
    }

    /// The property itself.
    ///
    /// @throws IllegalStateException if the type is left open, which only a profile may do
    public Property property() {
        ValueType known = type.orElseThrow(() -> new IllegalStateException("property \"" + name + "\" has no type"));
        return new Property(name, known, values);
    }
}
