package dev.svc.svcprop;

import java.util.List;
import java.util.Optional;

/// What a command line of svcprop asks for.
sealed interface SvcpropRequest {
    record Help() implements SvcpropRequest {}

    record Version() implements SvcpropRequest {}

    /// Something that this system does not have; the sentence says what.
    record Refused(String sentence) implements SvcpropRequest {}

    /// Where values come from.
    sealed interface View {
        /// The running snapshot, and what is never in a snapshot.
        record Effective() implements View {}

        /// Current values, those of the service where the instance has none.
        record Current() implements View {}

        /// Current values directly attached to the entity.
        record Own() implements View {}

        record Snapshot(String name) implements View {}
    }

    /// When values are printed.
    enum When {
        NOW,
        /// After the next change of the property group.
        CHANGED
    }

    /// How a property is named before its values.
    enum Designator {
        /// Not at all where a single property is selected, else as PLAIN.
        AS_NEEDED,
        /// `group/property`.
        PLAIN,
        /// The FMRI of the property.
        FULL
    }

    /// What is said about properties that are absent, and whether values are printed.
    enum Speech {
        /// Values and complaints.
        ALL,
        /// Complaints about absent properties only.
        COMPLAINTS,
        /// Nothing: the exit status tells.
        NONE
    }

    /// A `-p`: a whole property group, or a property of it.
    record Selection(String group, Optional<String> property) {
        @Override public String toString() { return property.isPresent() ? group + "/" + property.get() : group; }
    }

    /// Properties of the operands.
    record Properties(List<String> operands, List<Selection> selections, View view, When when, Designator designator,
            Speech speech) implements SvcpropRequest {}
}
