package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.util.List;
import java.util.Optional;

/// Labels and root records as they are stored, for a simulated kernel that keeps bytes like the real one.
public final class StoredForms {
    private static final BootIdentity BOOT = new BootIdentity("simulated", 1);

    private StoredForms() {}

    public static byte[] label(Label label) {
        return LabelFormat.bytes(label);
    }

    /// What comes of reading copies of a label.
    public static Found found(InstanceFmri fmri, List<byte[]> copies, List<Found.FoundContract> contracts) {
        LabelReading reading = LabelReading.of(fmri, copies);
        return new Found(fmri, reading.label(), reading.reading(), contracts);
    }

    /// @param attribute, copy what is stored so far; null if nothing
    public static byte[] root(RootRecord record, byte[] attribute, byte[] copy) {
        return new RootFormat(BOOT, stored(attribute, copy).map(RootFormat::revision).orElse(0L) + 1, record).bytes();
    }

    /// The line by which `record` was stored last; a newer one if nothing intact says the same.
    public static byte[] lastRoot(RootRecord record, byte[] attribute, byte[] copy) {
        return stored(attribute, copy).filter(last -> last.record().equals(record)).map(RootFormat::bytes)
                .orElseGet(() -> root(record, attribute, copy));
    }

    /// What is left of a root record when everything was stopped.
    public static RootRecord saidNothing(RootRecord last) {
        return RootRecord.nothing(last.nextContract());
    }

    /// What comes of reading both copies.
    public static Optional<RootRecord> root(byte[] attribute, byte[] copy) {
        return stored(attribute, copy).map(RootFormat::record);
    }

    private static Optional<RootFormat> stored(byte[] attribute, byte[] copy) {
        return RootFormat.newer(Optional.ofNullable(attribute).flatMap(RootFormat::of), Optional.ofNullable(copy).flatMap(RootFormat::of));
    }
}
