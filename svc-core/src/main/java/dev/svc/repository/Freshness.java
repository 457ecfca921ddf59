package dev.svc.repository;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How far a repository that was just opened can be believed against the labels: the *R* of takeover's two questions.
///
/// @param complete whether it holds every change up to `sequence` and nobody knows a later one: then R is `sequence` for every
///     instance, and an instance it does not know was deleted
/// @param sequence the last change it holds
/// @param decided R where it is not complete: for an instance the sequence of the last intact row or journal line that enabled,
///     disabled or deleted it. An instance that is absent here has R = 0, and absence from the model proves nothing
/// @param lost the changes that were made and are not known to be here whole, lowest first
public record Freshness(boolean complete, Sequence sequence, Map<InstanceFmri, Long> decided, List<Range> lost) {
    public Freshness {
        decided = Map.copyOf(decided);
        lost = List.copyOf(lost);
    }

    /// Whether the change of this number is among the lost.
    public boolean lost(long number) {
        return lost.stream().anyMatch(range -> range.contains(number));
    }

    /// Consecutive sequence numbers, both ends included.
    public record Range(long first, long last) {
        boolean contains(long number) {
            return first <= number && number <= last;
        }

        boolean contains(Range other) {
            return first <= other.first && other.last <= last;
        }

        /// All numbers of `ranges`: sorted, without overlap, neighbours joined.
        static List<Range> merged(Collection<Range> ranges) {
            List<Range> sorted = ranges.stream().sorted(Comparator.comparingLong(Range::first)).toList();
            List<Range> merged = new ArrayList<>();
            for (Range range : sorted) {
                if (!merged.isEmpty() && merged.getLast().last + 1 >= range.first) {
                    Range before = merged.removeLast();
                    merged.add(new Range(before.first, Math.max(before.last, range.last)));
                } else {
                    merged.add(range);
                }
            }
            return merged;
        }

        @Override public String toString() {
            return first == last ? Long.toString(first) : first + ".." + last;
        }
    }
}
