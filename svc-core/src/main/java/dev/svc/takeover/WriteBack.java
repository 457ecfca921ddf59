package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;

/// A permanent setting that the repository lost and a label remembers: to be committed again as an ordinary change.
public record WriteBack(InstanceFmri fmri, boolean enabled) {}
