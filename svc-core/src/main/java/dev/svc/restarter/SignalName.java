package dev.svc.restarter;

import java.util.List;

/// The names of the signals of Linux, as the instance's log has them.
final class SignalName {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
            "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

    private SignalName() {}

    /// `KILL` for 9; a real-time signal is its number.
    static String of(int signal) {
        return signal >= 1 && signal <= NAMES.size() ? NAMES.get(signal - 1) : Integer.toString(signal);
    }
}
