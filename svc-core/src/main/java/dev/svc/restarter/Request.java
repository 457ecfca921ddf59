package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import java.util.Optional;

/// What an administrator (svcadm) asked of an instance beyond enabled and disabled; stands in the label until it is done (I7).
public sealed interface Request {
    /// `svcadm restart`.
    record Restart(Dump dump) implements Request {}

    /// `svcadm refresh`: the running snapshot was retaken; a refresh method is to run if the instance is running.
    record Refresh() implements Request {}

    /// `svcadm clear`.
    record Clear() implements Request {}

    /// `svcadm mark maintenance`; a requester is the service that asked, if it was not a person at a terminal.
    record MarkMaintenance(Haste haste, Optional<InstanceFmri> requester, boolean byService) implements Request {}

    /// `svcadm mark degraded`.
    record MarkDegraded(Optional<InstanceFmri> requester, boolean byService) implements Request {}

    /// `svccfg delete`: stop what runs, then forget the instance.
    record Forget() implements Request {}

    /// Whether processes are aborted with a core dump instead of stopped (`restart -d`).
    enum Dump {
        NO, CORE
    }

    /// Whether the stop method is run first, or not at all (`mark -I`).
    enum Haste {
        ORDERLY, IMMEDIATE
    }
}
