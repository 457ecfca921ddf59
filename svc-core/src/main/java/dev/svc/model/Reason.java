package dev.svc.model;

import java.util.Locale;
import java.util.Optional;

/// The auxiliary state: why an instance is where it is, with SMF's words (`restarter/auxiliary_state`).
public enum Reason {
    NONE,
    INSERT_IN_GRAPH,
    PER_CONFIGURATION,
    ENABLE_REQUEST,
    DISABLE_REQUEST,
    DEPENDENCIES_SATISFIED,
    DEPENDENCY_ACTIVITY,
    DEPENDENCY_CYCLE,
    INVALID_DEPENDENCY,
    INVALID_RESTARTER,
    ADMINISTRATIVE_REQUEST,
    SERVICE_REQUEST,
    CLEAR_REQUEST,
    RESTART_REQUEST,
    CT_EV_EXIT,
    CT_EV_CORE,
    CT_EV_SIGNAL,
    CT_EV_HWERR,
    /// Ours: the kernel killed a process because memory ran out.
    CT_EV_MEMORY,
    METHOD_FAILED,
    FAULT_THRESHOLD_REACHED,
    RESTARTING_TOO_QUICKLY,
    /// Ours: a one-shot whose history is unknown, or facts that conflict at takeover.
    HISTORY_UNKNOWN,
    /// Ours: an error of the manager itself while it handled the instance.
    INTERNAL_ERROR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Reason> named(String word) {
        for (Reason reason : values()) {
            if (reason.word().equals(word)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
