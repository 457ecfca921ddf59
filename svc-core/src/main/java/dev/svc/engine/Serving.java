package dev.svc.engine;

import java.time.Duration;

/// A manager at work, from its takeover to its end. All methods may be called from any thread.
public interface Serving extends Administered {
    /// Waits for the end of the manager; yields its exit status.
    int awaitEnd();

    /// Waits for the end, but not longer than `longest`.
    void awaitEnd(Duration longest);

    boolean hasEnded();

    /// Whether the manager ended because everything was to be stopped, and is.
    boolean hasStoppedAll();

    /// Ends the manager, leaving services alone: what SIGTERM asks for.
    void terminate();
}
