package dev.svc.manifest;

import dev.svc.fmri.Names;
import dev.svc.manifest.BundledProperty.Precedence;
import dev.svc.manifest.document.PropertyElement;
import dev.svc.manifest.document.PropvalElement;
import dev.svc.manifest.document.SettingElement;
import dev.svc.manifest.document.WordElement;
import dev.svc.property.InvalidValueException;
import dev.svc.property.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A property group while the elements that make it are read.
final class GroupDraft {
    private final String name;
    private final Optional<String> type;
    private final int line;
    private final Bundle.Kind kind;
    private final Findings findings;
    private final Map<String, BundledProperty> properties = new LinkedHashMap<>();

    GroupDraft(String name, Optional<String> type, int line, Bundle.Kind kind, Findings findings) {
        this.name = name;
        this.type = type;
        this.line = line;
        this.kind = kind;
        this.findings = findings;
    }

    /// Whether an element of that type may add to this group.
    boolean accepts(Optional<String> other) {
        return type.isEmpty() || other.isEmpty() || type.equals(other);
    }

    void add(String property, ValueType valueType, List<String> values, int at) {
        add(property, Optional.of(valueType), values, Precedence.ORDINARY, at);
    }

    void add(String property, ValueType valueType, String value, int at) {
        add(property, valueType, List.of(value), at);
    }

    /// Adds text if there is some: an attribute that is absent says nothing.
    void addText(String property, String textOrNull, int at) {
        if (textOrNull != null) {
            add(property, ValueType.ASTRING, textOrNull, at);
        }
    }

    void addStability(String property, WordElement stabilityOrNull) {
        if (stabilityOrNull != null) {
            add(property, ValueType.ASTRING, stabilityOrNull.value, stabilityOrNull.line);
        }
    }

    boolean has(String property) {
        return properties.containsKey(property);
    }

    /// Adds what `propval` and `property` elements say.
    void addSettings(List<SettingElement> settings) {
        for (SettingElement setting : settings) {
            Precedence precedence = "true".equals(setting.override) ? Precedence.OVERRIDE : Precedence.ORDINARY;
            switch (setting) {
                case PropvalElement propval -> add(setting.name, type(setting), List.of(propval.value), precedence, setting.line);
                case PropertyElement property -> addProperty(property, precedence);
            }
        }
    }

    private void addProperty(PropertyElement property, Precedence precedence) {
        if (property.list == null) {
            add(property.name, type(property), List.of(), precedence, property.line);
            return;
        }
        if (property.type != null && !property.list.type.typeName().equals(property.type)) {
            findings.add(property.list.line, "property '" + property.name + "' type-to-list mismatch: its list must be " + property.type
                    + "_list");
            return;
        }
        List<String> values = property.list.values.stream().map(v -> v.value).toList();
        type(property);
        add(property.name, Optional.of(property.list.type), values, precedence, property.line);
    }

    private Optional<ValueType> type(SettingElement setting) {
        if (setting.type == null && kind != Bundle.Kind.PROFILE) {
            findings.add(setting.line, title(setting.name) + ": attribute type is missing; a manifest needs it");
        }
        return Optional.ofNullable(setting.type).flatMap(ValueType::named);
    }

    private void add(String property, Optional<ValueType> valueType, List<String> values, Precedence precedence, int at) {
        if (!Names.isName(property)) {
            findings.add(at, title(property) + ": Invalid name; it must begin with a letter and have only letters, digits, '-' and '_', at "
                    + "most " + Names.LONGEST);
            return;
        }
        try {
            List<String> canonical = valueType.map(t -> values.stream().map(t::canonical).toList()).orElse(values);
            BundledProperty added = new BundledProperty(property, valueType, canonical, precedence, at);
            if (properties.putIfAbsent(property, added) != null) {
                findings.add(at, "Multiple definitions of property \"" + property + "\" in property group \"" + name
                        + "\"; one is allowed");
            }
        } catch (InvalidValueException e) {
            findings.add(at, title(property) + ": " + e.getMessage());
        }
    }

    private String title(String property) {
        return "property \"" + name + "/" + property + "\"";
    }

    BundledGroup group() {
        return new BundledGroup(name, type, List.copyOf(properties.values()), BundledGroup.Intent.SET, line);
    }
}
