package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import java.util.List;

/// What a bundle says of a service or of an instance.
public sealed interface BundledEntity permits BundledService, BundledInstance {
    EntityFmri fmri();

    List<BundledGroup> groups();

    List<Dependent> dependents();

    int line();
}
