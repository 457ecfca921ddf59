package dev.svc.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What `/proc/<pid>/stat` says of a process (proc_pid_stat(5)).
///
/// @param command the name of the executable, at most 15 bytes
/// @param state the letter of its state
/// @param parent the pid of its parent
/// @param startTicks when it started, in ticks since boot
public record ProcessStat(long pid, String command, char state, long parent, long startTicks) {
    /// Ticks in a second: USER_HZ, which is 100 on every architecture that Java runs on.
    public static final int TICKS_PER_SECOND = 100;

    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int START_TIME = 19;
    private static final int WAIT_STATUS = 49;

    /// The process of that pid; nothing if there is none, or it is hidden from us.
    public static Optional<ProcessStat> of(long pid) {
        try {
            return parse(pid, Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// How a process ended of which its parent has not taken notice yet, as of wait(2).
    static OptionalInt waitStatusOfZombie(ProcessIdentity process) {
        try {
            String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            boolean itself = parse(process.pid(), line).filter(stat -> stat.isZombie() && stat.identity().equals(process)).isPresent();
            String[] fields = fields(line);
            return itself && fields.length > WAIT_STATUS ? OptionalInt.of(Integer.parseInt(fields[WAIT_STATUS])) : OptionalInt.empty();
        } catch (IOException _) {
            return OptionalInt.empty();
        }
    }

    /// The command line of that pid; empty for a zombie, a kernel thread, or no process.
    public static List<String> commandLine(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            return line.isEmpty() ? List.of() : Arrays.asList(line.split("\0", -1));
        } catch (IOException _) {
            return List.of();
        }
    }

    public ProcessIdentity identity() {
        return new ProcessIdentity(pid, startTicks);
    }

    /// Whether it has ended and only waits for its parent to notice.
    public boolean isZombie() { return state == 'Z' || state == 'X'; }

    // The command stands in parentheses and may itself have blanks and parentheses: what counts is behind the last one.
    static Optional<ProcessStat> parse(long pid, String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String[] fields = fields(line);
        if (fields.length <= START_TIME) {
            return Optional.empty();
        }
        return Optional.of(new ProcessStat(
                pid,
                line.substring(open + 1, close),
                fields[STATE].charAt(0),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[START_TIME])));
    }

    private static String[] fields(String line) {
        return line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
    }
}
