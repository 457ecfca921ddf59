package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What tmpfs remembers of this boot, for whoever looks while no manager runs: takes no lock and changes nothing.
///
/// @param sequence the newest administrative change that the root knows; [Sequence#NONE] if it knows none
/// @param labels the copies that are intact
public record Remembered(Sequence sequence, List<Label> labels) {
    public Remembered {
        labels = List.copyOf(labels);
    }

    /// @throws IOException if it is there and cannot be read
    public static Remembered of(SvcRoot root) throws IOException {
        RunDirectory run = new RunDirectory(root.run());
        Optional<RootFormat> record = run.root().filter(r -> isOfThisBoot(r.boot()));
        if (record.isEmpty()) {
            return new Remembered(Sequence.NONE, List.of());
        }
        List<Label> labels = new ArrayList<>();
        for (Map.Entry<InstanceFmri, byte[]> copy : run.labels().all().entrySet()) {
            LabelReading.of(copy.getKey(), List.of(copy.getValue())).label().ifPresent(labels::add);
        }
        return new Remembered(record.get().record().sequence(), labels);
    }

    private static boolean isOfThisBoot(BootIdentity boot) {
        try {
            return boot.equals(BootIdentity.current());
        } catch (IOException _) {
            return false;
        }
    }
}
