package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import java.util.Optional;

/// What was asked of an instance and is done when it is at rest; stands in the label until then (I7). The first six come from an
/// administrator (svcadm), the others are what the graph or a contract said during a transition.
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

    /// The graph's disable, told during a transition.
    record Disable(Event.By by) implements Request {}

    /// The graph's stop, or what happened to the contract, told during a transition.
    ///
    /// @param reason [Reason#DEPENDENCY_ACTIVITY] from the graph, one of `ct_ev_*` from the contract
    record Stop(Reason reason, ErrorClass cause) implements Request {}

    /// The graph's finding that the configuration is invalid, told during a transition.
    record Misconfigured(Reason reason) implements Request {}

    /// Whether processes are aborted with a core dump instead of stopped (`restart -d`).
    enum Dump {
        NO, CORE
    }

    /// Whether the stop method is run first, or not at all (`mark -I`).
    enum Haste {
        ORDERLY, IMMEDIATE
    }
}
