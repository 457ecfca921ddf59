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

    public static byte[] root(RootRecord record) {
        return new RootFormat(BOOT, record).bytes();
    }

    /// What is left of a root record when everything was stopped.
    public static RootRecord saidNothing(RootRecord last) {
        return RootRecord.nothing(last.nextContract());
    }

    public static Optional<RootRecord> root(byte[] line) {
        return RootFormat.of(line).map(RootFormat::record);
    }
}
