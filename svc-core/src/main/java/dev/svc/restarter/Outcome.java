package dev.svc.restarter;

import dev.svc.model.WaitStatus;

/// What the end of a method means, by the exit statuses of smf_method(7).
enum Outcome {
    /// It did its work.
    SUCCESS,
    /// A start method did its work and left no process behind on purpose (SMF_EXIT_NODAEMON).
    NO_DAEMON,
    /// A start method came up with limited capacity (SMF_EXIT_MON_DEGRADE).
    DEGRADED,
    /// It failed, and trying again may help.
    RETRYABLE,
    /// It failed, and only the administrator can help.
    FATAL;

    /// SMF_EXIT_ERR_CONFIG.
    static final WaitStatus MISCONFIGURED = WaitStatus.exited(96);

    /// What a method without an exit record counts as: somebody killed it and its launcher.
    static final WaitStatus KILLED = WaitStatus.killedBy(9);

    static Outcome of(WaitStatus status) {
        if (!status.isExit()) {
            return RETRYABLE;
        }
        return switch (status.exitStatus()) {
            case 0 -> SUCCESS;
            case 94 -> NO_DAEMON;
            case 95, 96, 99, 100 -> FATAL;
            case 97 -> DEGRADED;
            default -> RETRYABLE;
        };
    }

    /// What a failure to begin a method counts as: as in smf_method(7), 1 for a shortage of resources, 96 for a mistake.
    static WaitStatus notBegun(Event.Severity severity) {
        return switch (severity) {
            case RETRYABLE -> WaitStatus.exited(1);
            case FATAL -> MISCONFIGURED;
        };
    }

    /// The line of the instance's log about the end of a method.
    static String sentence(String method, WaitStatus status) {
        return status.isExit()
                ? "Method \"" + method + "\" exited with status " + status.exitStatus() + "."
                : "Method \"" + method + "\" failed due to signal " + SignalName.of(status.signal()) + ".";
    }
}
