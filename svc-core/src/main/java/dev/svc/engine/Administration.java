package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.restarter.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an administrator asks of the engine; authorization and operands are settled before.
public sealed interface Administration {
    /// `svcadm enable`, `disable`: one change for all instances.
    record SetEnabled(List<Enabling> what, Permanence permanence, Optional<String> comment, Asker by) implements Administration {
        public SetEnabled {
            what = List.copyOf(what);
        }
    }

    /// `svcadm restart`, `refresh`, `clear`, `mark`.
    record Ask(InstanceFmri fmri, Request request, Asker by) implements Administration {}

    /// A change of configuration (import, delete, property edits): it is recorded, then instances are inserted, redefined, forgotten;
    /// those of `refresh` also run their refresh methods.
    ///
    /// @param basis what the change was computed from: if somebody else changed any of the groups it is about since, it is not made
    record Apply(Change change, Model basis, List<InstanceFmri> refresh, Asker by) implements Administration {
        public Apply {
            refresh = List.copyOf(refresh);
        }
    }

    /// `svccfg restore`: a backup becomes the configuration.
    record Restore(String backup, Asker by) implements Administration {}

    /// `svcadm milestone`: `all`, `none` or the FMRI of one.
    record SetMilestone(String milestone, Permanence permanence, Asker by) implements Administration {}

    /// End the manager, leaving services alone or after stopping them in reverse order.
    ///
    /// @param within what has not stopped by itself after so long is killed; empty: each stop method's own time is all that counts
    record Shutdown(Services services, Optional<Duration> within, Asker by) implements Administration {}

    /// End the manager, leaving services alone; the keeper becomes that of another install tree, which is recorded already.
    record Replace(Asker by) implements Administration {}

    record Enabling(InstanceFmri fmri, boolean enabled) {}

    /// Until the next boot, or for good.
    enum Permanence {
        TEMPORARILY, PERMANENTLY
    }

    /// What happens to services when the manager ends.
    enum Services {
        LEFT_RUNNING, STOPPED
    }
}
