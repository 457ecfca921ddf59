package dev.svc.manifest;

import dev.svc.fmri.Names;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.List;
import java.util.Optional;

/// The record of the files that define a service: group `manifestfiles`, and how a file is named there.
public final class ManifestFiles {
    static final String NAME = "manifestfiles";

    private ManifestFiles() {}

    /// The group, with `path` in it.
    static PropertyGroup with(Optional<PropertyGroup> before, String path) {
        PropertyGroup group = before.orElseGet(() -> new PropertyGroup(NAME, PropertyGroup.FRAMEWORK, List.of()));
        String recorded = path.length() <= ValueType.LONGEST_VALUE / 4 ? path : path.substring(path.length() - ValueType.LONGEST_VALUE / 4);
        return group.with(Property.text(propertyName(path), recorded));
    }

    /// The name of a file's property: its path without the first slash and with `_` for what no name may have.
    public static String propertyName(String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        if (name.length() > Names.LONGEST) {
            int half = (Names.LONGEST - 3) / 2;
            name = name.substring(0, half) + "__" + name.substring(name.length() - half);
        }
        name = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return name.matches("[A-Za-z].*") ? name : "A" + name.substring(Math.min(1, name.length()));
    }
}
