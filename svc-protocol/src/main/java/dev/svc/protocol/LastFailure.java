package dev.svc.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Why the manager of a root last failed to start, `run/svc/failure`: one line, there until a manager is ready.
public final class LastFailure {
    private static final int LONGEST = 1000;

    private final Path file;

    public LastFailure(SvcRoot root) {
        file = root.run().resolve("failure");
    }

    /// The reason, if there is one.
    public Optional<String> reason() {
        try {
            return Files.readString(file).lines().findFirst().filter(line -> !line.isBlank());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Leaves the reason for the next command; one that cannot be left is in the log all the same.
    public void leave(String reason) {
        String line = reason.replace('\n', ' ');
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, line.substring(0, Math.min(line.length(), LONGEST)) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            // A full or read-only /run may be the very reason.
        }
    }

    /// The manager is ready.
    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // It would be shown only if there were no manager.
        }
    }
}
