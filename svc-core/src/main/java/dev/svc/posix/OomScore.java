package dev.svc.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How likely the kernel is to kill this process when memory runs out (`/proc/<pid>/oom_score_adj`).
public final class OomScore {
    private static final Path OWN = Path.of("/proc/self/oom_score_adj");
    private static final String NEARLY_NEVER = "-900";

    private OomScore() {}

    /// Makes this process one of the last to be killed; yields whether it may (root may). What it starts inherits that, unless it is given
    /// back what we had ([Inherited]).
    public static boolean lower() {
        try {
            Files.writeString(OWN, NEARLY_NEVER);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
