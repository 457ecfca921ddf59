package dev.svc.property;

import dev.svc.fmri.Names;
import java.util.List;

/// A named list of values of one type. Values are in canonical form and in the order they were given; there may be none.
public record Property(String name, ValueType type, List<String> values) {
    /// @throws InvalidValueException if a value is not of the type
    public Property {
        Names.checkedName(name, "property");
        // There may be thousands of this name: each name once, and the smallest of lists.
        name = name.intern();
        values = List.of(values.stream().map(type::canonical).toArray(String[]::new));
    }

    public Property(String name, ValueType type, String value) {
        this(name, type, List.of(value));
    }

    public static Property truth(String name, boolean value) {
        return new Property(name, ValueType.BOOLEAN, Boolean.toString(value));
    }

    public static Property text(String name, String value) {
        return new Property(name, ValueType.ASTRING, value);
    }

    public static Property count(String name, long value) {
        return new Property(name, ValueType.COUNT, Long.toUnsignedString(value));
    }
}
