package dev.svc.simulation;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.List;

/// The import of a plain daemon, for tests that tell a story: enabled, with a start method, and stopped by `:kill`.
public final class Plain {
    private Plain() {}

    public static Change daemon(InstanceFmri fmri, PropertyGroup... dependencies) {
        List<PropertyGroup> groups = new ArrayList<>(List.of(
                new PropertyGroup("general", PropertyGroup.FRAMEWORK, List.of(Property.truth("enabled", true))),
                method("start", "/bin/start"), method("stop", ":kill")));
        groups.addAll(List.of(dependencies));
        return Change.of("import " + fmri, 0, groups.stream().map(g -> new LayerGroup(fmri, Layer.MANIFEST, g)).toList());
    }

    /// Needs `fmri`, and restarts when that does or is refreshed.
    static PropertyGroup dependency(InstanceFmri fmri) {
        return new PropertyGroup(fmri.toString().replaceAll("[^a-z]", "_"), PropertyGroup.DEPENDENCY,
                List.of(Property.text("grouping", "require_all"),
                        Property.text("restart_on", "refresh"), Property.text("type", "service"),
                        new Property("entities", ValueType.FMRI, List.of(fmri.toString()))));
    }

    /// Deletes it again.
    static Change deleting(InstanceFmri fmri) {
        return new Change("delete " + fmri, 0, List.of(), daemon(fmri).put().stream().map(LayerGroup::key).toList(), List.of(), List.of());
    }

    private static PropertyGroup method(String name, String exec) {
        return new PropertyGroup(name, PropertyGroup.METHOD, List.of(Property.text("type", "method"), Property.text("exec", exec),
                Property.count("timeout_seconds", 60)));
    }
}
