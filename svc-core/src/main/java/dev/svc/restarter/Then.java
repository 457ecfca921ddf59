package dev.svc.restarter;

import dev.svc.model.State;

/// What follows a completed stop.
public enum Then {
    /// Offline; the graph starts it again if it may run.
    OFFLINE,
    DISABLED,
    MAINTENANCE,
    /// Out of maintenance: uninitialized, and the graph says whether it is enabled.
    CLEARED,
    /// The definition is gone: the instance group is removed.
    FORGOTTEN;

    /// The next state that svcs(1) shows while stopping.
    public State state() {
        return switch (this) {
            case OFFLINE -> State.OFFLINE;
            case DISABLED, FORGOTTEN -> State.DISABLED;
            case MAINTENANCE -> State.MAINTENANCE;
            case CLEARED -> State.UNINITIALIZED;
        };
    }
}
