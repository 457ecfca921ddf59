package dev.svc.model;

import dev.svc.fmri.InstanceFmri;
import dev.svc.property.PropertyGroup;
import java.util.List;

/// A named, immutable copy of an instance's property groups (level 1) and its service's (level 2), layers already composed.
public record Snapshot(InstanceFmri instance, String name, List<PropertyGroup> instanceLevel, List<PropertyGroup> serviceLevel) {
    public static final String INITIAL = "initial";
    public static final String LAST_IMPORT = "last-import";
    public static final String PREVIOUS = "previous";
    public static final String RUNNING = "running";
    public static final String START = "start";

    public Snapshot {
        instanceLevel = List.copyOf(instanceLevel);
        serviceLevel = List.copyOf(serviceLevel);
    }

    /// Identifies a row of the repository.
    public record Key(InstanceFmri instance, String name) {}

    public Key key() {
        return new Key(instance, name);
    }

    /// Instance over service.
    public List<PropertyGroup> composed() {
        return Composition.over(instanceLevel, serviceLevel);
    }
}
