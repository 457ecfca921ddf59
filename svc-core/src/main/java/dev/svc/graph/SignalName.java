package dev.svc.graph;

import java.util.Optional;

/// What Linux calls its signals (`strsignal(3)`).
final class SignalName {
    private static final String[] NAMES = {
            "",
            "Hangup",
            "Interrupt",
            "Quit",
            "Illegal instruction",
            "Trace/breakpoint trap",
            "Aborted",
            "Bus error",
            "Floating point exception",
            "Killed",
            "User defined signal 1",
            "Segmentation fault",
            "User defined signal 2",
            "Broken pipe",
            "Alarm clock",
            "Terminated",
            "Stack fault",
            "Child exited",
            "Continued",
            "Stopped (signal)",
            "Stopped",
            "Stopped (tty input)",
            "Stopped (tty output)",
            "Urgent I/O condition",
            "CPU time limit exceeded",
            "File size limit exceeded",
            "Virtual timer expired",
            "Profiling timer expired",
            "Window changed",
            "I/O possible",
            "Power failure",
            "Bad system call"};

    private SignalName() {}

    static Optional<String> of(int signal) {
        return signal > 0 && signal < NAMES.length ? Optional.of(NAMES[signal]) : Optional.empty();
    }
}
