package dev.svc.protocol;

import java.io.IOException;
import java.nio.file.Files;

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
        return new UnreachableException("the manager of " + root + " is not running; start it with: svc.startd --daemon");
    }
}
