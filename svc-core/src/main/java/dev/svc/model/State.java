package dev.svc.model;

import java.util.Locale;

/// The states of svcs(1).
public enum State {
    UNINITIALIZED, OFFLINE, ONLINE, DEGRADED, MAINTENANCE, DISABLED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Online or degraded.
    public boolean isRunning() { return this == ONLINE || this == DEGRADED; }
}
