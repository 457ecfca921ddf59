package dev.svc.manifest;

import dev.svc.manifest.document.PropertyElement;
import dev.svc.manifest.document.PropvalElement;
import dev.svc.manifest.document.SettingElement;
import dev.svc.manifest.document.ValueList;
import dev.svc.manifest.document.WordElement;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The properties of a group that no attribute or element of its own has said yet.
final class RemainingProperties {
    private final Map<String, Property> properties = new LinkedHashMap<>();

    RemainingProperties(PropertyGroup group) {
        group.properties().forEach(p -> properties.put(p.name(), p));
    }

    boolean isEmpty() { return properties.isEmpty(); }

    /// The value of a property of one value and that type, which then remains no longer; null, as an absent attribute is, without one.
    String takeOrNull(String name, ValueType type) {
        Property property = properties.get(name);
        if (property == null || property.type() != type || property.values().size() != 1) {
            return null;
        }
        properties.remove(name);
        return property.values().getFirst();
    }

    String takeTextOrNull(String name) {
        return takeOrNull(name, ValueType.ASTRING);
    }

    /// All values of a property of that type.
    Optional<List<String>> takeAll(String name, ValueType type) {
        Property property = properties.get(name);
        if (property == null || property.type() != type) {
            return Optional.empty();
        }
        properties.remove(name);
        return Optional.of(property.values());
    }

    /// The element for a property of one word.
    WordElement takeWordOrNull(String name) {
        String value = takeTextOrNull(name);
        return value == null ? null : word(value);
    }

    /// The properties whose names begin with `prefix`.
    List<Property> takeBeginning(String prefix) {
        List<Property> found = properties.values().stream().filter(p -> p.name().startsWith(prefix)).toList();
        found.forEach(p -> properties.remove(p.name()));
        return found;
    }

    /// Everything else.
    List<SettingElement> settings() {
        return new ArrayList<>(properties.values().stream().map(RemainingProperties::setting).toList());
    }

    static WordElement word(String value) {
        WordElement word = new WordElement();
        word.value = value;
        return word;
    }

    private static SettingElement setting(Property property) {
        SettingElement setting = property.values().size() == 1 ? propval(property) : list(property);
        setting.name = property.name();
        setting.type = property.type().typeName();
        return setting;
    }

    private static SettingElement propval(Property property) {
        PropvalElement propval = new PropvalElement();
        propval.value = property.values().getFirst();
        return propval;
    }

    private static SettingElement list(Property property) {
        PropertyElement element = new PropertyElement();
        if (!property.values().isEmpty()) {
            element.list = ValueList.of(property.type());
            property.values().forEach(v -> element.list.values.add(word(v)));
        }
        return element;
    }
}
