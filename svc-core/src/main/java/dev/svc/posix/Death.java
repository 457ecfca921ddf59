package dev.svc.posix;

import java.util.Set;

/// A process that a signal is about to end, or has ended.
///
/// @param signal by which it ended; 0 while it dumps core
/// @param parent the pid of its parent, as the kernel had it at that moment
/// @param nanos when, on the clock of [System#nanoTime]
public record Death(Stage stage, long pid, int signal, long parent, long nanos) {
    /// QUIT, ILL, TRAP, ABRT, BUS, FPE, SEGV, XCPU, XFSZ, SYS (signal(7)).
    private static final Set<Integer> CORE = Set.of(3, 4, 5, 6, 7, 8, 11, 24, 25, 31);

    /// How far it is.
    public enum Stage {
        /// It got a signal that makes it dump core, and is still there, whether or not a core file is written.
        DUMPING,
        /// It has ended, and its parent may have noticed.
        ENDED
    }

    /// Whether the signal is one that makes a process dump core, whether or not a core file was written.
    public boolean isCore() { return isCore(signal); }

    /// The same of any signal.
    public static boolean isCore(int signal) {
        return CORE.contains(signal);
    }
}
