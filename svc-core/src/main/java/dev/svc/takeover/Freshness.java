package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import java.util.Map;
import java.util.Optional;

/// How far the opened repository can be believed to be up to date.
///
/// @param complete whether every change up to `sequence` is in it: the database was sound, or a sound base and a journal without a gap
///     up to the highest sequence known
/// @param sequence the repository's own
/// @param instances for each instance the sequence of the intact row or journal line that last enabled, disabled or deleted it, as far
///     as known; deleted ones are in it too
public record Freshness(boolean complete, Sequence sequence, Map<InstanceFmri, Sequence> instances) {
    public Freshness {
        instances = Map.copyOf(instances);
    }

    /// The change that last enabled, disabled or deleted the instance, if it is known.
    Optional<Sequence> of(InstanceFmri fmri) {
        return Optional.ofNullable(instances.get(fmri));
    }
}
