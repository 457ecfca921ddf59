package dev.svc.engine;

import dev.svc.contract.RootRecord;
import java.time.Duration;
import java.util.Optional;

/// A manager at work, from its takeover to its end. All methods may be called from any thread.
public interface Serving extends Administered {
    /// Waits for the end of the manager; yields its exit status.
    int awaitEnd();

    /// Waits for the end, but not longer than `longest`.
    void awaitEnd(Duration longest);

    boolean hasEnded();

    /// What the root said in the end, if the manager has ended because everything was to be stopped, and is.
    Optional<RootRecord> stoppedAll();

    /// Ends the manager, leaving services alone: what SIGTERM asks for.
    void terminate();
}
