package dev.svc.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/// There is no manager that would answer; the message is one line that says so and what to do.
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }

    static UnreachableException notRunning(SvcRoot root, IOException refusal) {
        String reason = refusal.getMessage() == null ? "" : refusal.getMessage();
        boolean forbidden = reason.contains("Permission denied");
        boolean tooLong = reason.contains("path too long");
        if (forbidden || tooLong && Files.exists(root.controlSocket())) {
            return new UnreachableException("the manager of " + root + " cannot be reached: " + root.controlSocket() + ": " + reason);
        }
        return new UnreachableException("the manager of " + root + " is not running" + because(root)
                + "; start it with: svc.startd --daemon");
    }

    /// A manager is on its way, or should be, and did not become ready.
    public static UnreachableException notReady(SvcRoot root, Duration patience) {
        return new UnreachableException("the manager of " + root + " did not become ready within " + patience.toSeconds() + " s"
                + because(root) + "; see " + root.managerLog());
    }

    private static String because(SvcRoot root) {
        return new LastFailure(root).reason().map(reason -> ": it could not start: " + reason).orElse("");
    }
}
