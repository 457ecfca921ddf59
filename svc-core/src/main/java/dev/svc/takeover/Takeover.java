package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.restarter.Found;
import dev.svc.restarter.Moment;
import java.util.List;
import java.util.Map;

/// The table of takeover.
public final class Takeover {
    private Takeover() {}

    /// Where every configured or found instance stands. Takes no contract id.
    ///
    /// @param definitions of the instances which the repository knows
    /// @param enabled their permanent settings; absent: incomplete
    /// @param found what contracts and labels tell
    public static TakenOver reconcile(
            Map<InstanceFmri, Definition> definitions,
            Map<InstanceFmri, Boolean> enabled,
            List<Found> found,
            Freshness freshness,
            Moment moment) {
        throw new UnsupportedOperationException("the table is not written yet");
    }
}
