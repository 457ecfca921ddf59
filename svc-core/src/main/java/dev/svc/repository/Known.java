package dev.svc.repository;

import dev.svc.model.Sequence;
import java.util.Collection;

/// What the rest of the system remembers of administrative changes: the newest that the root group and the labels name.
///
/// @param highest the newest of them; [Sequence#NONE] if nobody knows any
/// @param rootGroup whether the root group knew one
public record Known(Sequence highest, boolean rootGroup) {
    /// Nobody knows anything: a cold boot.
    public static final Known NONE = new Known(Sequence.NONE, false);

    /// The newest of what the root group and the labels say. Of epochs of which neither is newer the root group's counts.
    public static Known of(Sequence root, Collection<Sequence> labels) {
        Sequence highest = root;
        for (Sequence label : labels) {
            highest = label.newerThan(highest).orElse(false) ? label : highest;
        }
        return new Known(highest, !root.equals(Sequence.NONE));
    }
}
