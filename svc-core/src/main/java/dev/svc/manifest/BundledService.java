package dev.svc.manifest;

import dev.svc.fmri.ServiceFmri;
import java.util.List;

/// What a bundle says of a service.
///
/// @param groups what its elements other than `dependent` mean, as property groups, each name once
/// @param line where it begins
public record BundledService(
        ServiceFmri fmri,
        List<BundledGroup> groups,
        List<Dependent> dependents,
        List<BundledInstance> instances,
        int line) implements BundledEntity {
    public BundledService {
        groups = List.copyOf(groups);
        dependents = List.copyOf(dependents);
        instances = List.copyOf(instances);
    }
}
