package dev.svc.contract;

import dev.svc.restarter.Event;

/// A method could not be begun.
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Event.Severity severity;

    public LaunchException(String message, Event.Severity severity) {
        super(message);
        this.severity = severity;
    }

    public Event.Severity severity() {
        return severity;
    }
}
