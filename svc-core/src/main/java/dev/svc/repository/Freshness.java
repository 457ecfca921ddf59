package dev.svc.repository;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import java.util.List;
import java.util.Map;

/// How far a repository that was just opened can be believed against the labels: the *R* of takeover's two questions.
///
/// @param complete whether it holds every change up to `sequence` and nobody knows a later one: then R is `sequence` for every
///     instance, and an instance it does not know was deleted
/// @param sequence the last change it holds
/// @param decided R where it is not complete: for an instance the sequence of the last intact row or journal line that enabled,
///     disabled or deleted it. An instance that is absent here has R = 0, and absence from the model proves nothing
/// @param lost the changes that were made but are nowhere to be found, lowest first
public record Freshness(boolean complete, Sequence sequence, Map<InstanceFmri, Long> decided, List<Range> lost) {
    public Freshness {
        decided = Map.copyOf(decided);
        lost = List.copyOf(lost);
    }

    /// Consecutive sequence numbers, both ends included.
    public record Range(long first, long last) {
        @Override public String toString() {
            return first == last ? Long.toString(first) : first + ".." + last;
        }
    }
}
