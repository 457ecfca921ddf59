package dev.svc.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The process that restarts the manager of a root when it dies. `run/svc/keeper.pid` has its pid and start time, `pid starttime`, the
/// latter in clock ticks since boot as in field 22 of `/proc/pid/stat`: a process is known by both, never by its pid alone.
public final class Keeper {
    private static final Path PROC = Path.of("/proc");

    private final Path pidFile;

    public Keeper(SvcRoot root) {
        pidFile = root.run().resolve("keeper.pid");
    }

    /// Whether the keeper is there, so that a manager that is gone will be back.
    public boolean isAlive() {
        try {
            String text = Files.readString(pidFile).strip();
            int blank = text.indexOf(' ');
            return blank > 0 && isRunning(text.substring(0, blank), text.substring(blank + 1));
        } catch (IOException _) {
            // No pid file, or no such process.
            return false;
        }
    }

    private static boolean isRunning(String pid, String startTime) throws IOException {
        String stat = Files.readString(PROC.resolve(pid).resolve("stat"));
        // The command, in parentheses, may have blanks and parentheses itself. Behind it field 3 is the first.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // A zombie keeps nothing, however long its parent takes to notice.
        return fields[22 - 3].equals(startTime) && !fields[0].equals("Z") && !fields[0].equals("X");
    }
}
