package dev.svc.model;

import dev.svc.fmri.Fmri;
import java.util.List;

/// One dependency of an instance: entities (services and instances, or files) that must, may or must not be there.
public record DependencyGroup(String name, Grouping grouping, RestartOn restartOn, List<Fmri> entities) {
    public DependencyGroup {
        entities = List.copyOf(entities);
    }
}
