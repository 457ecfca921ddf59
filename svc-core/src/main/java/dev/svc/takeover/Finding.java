package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;

/// Something that takeover found out of order and the administrator should know, one sentence.
public record Finding(InstanceFmri fmri, Kind kind, String sentence) {
    /// What sort of disorder it is.
    public enum Kind {
        /// The repository had lost an enable or disable that the label remembers.
        SETTING_RESTORED,
        /// Repository and label disagree and neither is newer; the label is followed.
        SETTING_IN_DOUBT,
        /// The instance was deleted while it ran.
        DELETED,
        /// Nobody can say how the instance is defined; it is kept as it is.
        DEFINITION_LOST,
        /// Both copies of its label are unreadable.
        LABEL_UNREADABLE,
        /// A one-shot of which nobody knows whether it ran.
        HISTORY_UNKNOWN,
        /// Processes that its label does not know of were taken as the instance.
        CONTRACT_ADOPTED,
        /// More than one contract has processes.
        CONTRACTS_CONFLICT
    }
}
