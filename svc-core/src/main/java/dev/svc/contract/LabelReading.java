package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.util.List;
import java.util.Optional;

/// What came of reading the copies of one instance's label.
///
/// @param label the intact copy with the highest revision
record LabelReading(Optional<Label> label, Found.Reading reading) {
    private static final System.Logger LOGGER = System.getLogger(LabelReading.class.getName());

    /// @param copies those that exist
    static LabelReading of(InstanceFmri fmri, List<byte[]> copies) {
        Optional<Label> newest = Optional.empty();
        for (byte[] copy : copies) {
            Optional<Label> label = intact(fmri, copy);
            if (label.isPresent() && (newest.isEmpty() || label.get().revision() > newest.get().revision())) {
                newest = label;
            }
        }
        if (newest.isPresent()) {
            return new LabelReading(newest, Found.Reading.INTACT);
        }
        return new LabelReading(newest, copies.isEmpty() ? Found.Reading.NONE : Found.Reading.UNREADABLE);
    }

    private static Optional<Label> intact(InstanceFmri fmri, byte[] copy) {
        try {
            Label label = LabelFormat.label(copy);
            if (label.fmri().equals(fmri)) {
                return Optional.of(label);
            }
            LOGGER.log(System.Logger.Level.WARNING, "{0}: a copy of its label is that of {1}; ignored", fmri, label.fmri());
        } catch (UnreadableLabelException e) {
            LOGGER.log(System.Logger.Level.WARNING, "{0}: a copy of its label is unreadable: {1}", fmri, e.getMessage());
        }
        return Optional.empty();
    }
}
