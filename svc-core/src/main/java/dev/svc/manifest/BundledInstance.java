package dev.svc.manifest;

import dev.svc.fmri.InstanceFmri;
import java.util.List;

/// What a bundle says of an instance; its `enabled` is a property of group `general`.
///
/// @param line where it begins
public record BundledInstance(InstanceFmri fmri, List<BundledGroup> groups, List<Dependent> dependents, int line) implements BundledEntity {
    public BundledInstance {
        groups = List.copyOf(groups);
        dependents = List.copyOf(dependents);
    }
}
