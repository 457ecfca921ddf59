package dev.svc.posix;

import java.io.IOException;
import java.util.Optional;
import jnr.constants.platform.Errno;
import jnr.posix.POSIX;

/// Sends signals to processes, each only to the very process meant.
public final class Signals {
    private Signals() {}

    /// Sends `signal` to `process`; yields false if that process is gone.
    ///
    /// @throws IOException if it exists and we may not
    public static boolean send(ProcessIdentity process, Signal signal) throws IOException {
        // The JDK compares the start time once more, right before the call, but knows only these two signals.
        return signal.equals(Signal.TERM) || signal.equals(Signal.KILL) ? destroy(process, signal) : kill(process, signal);
    }

    private static boolean destroy(ProcessIdentity process, Signal signal) throws IOException {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        if (handle.isEmpty() || !process.isAlive()) {
            return false;
        }
        boolean sent = signal.equals(Signal.KILL) ? handle.get().destroyForcibly() : handle.get().destroy();
        if (!sent && process.isAlive()) {
            throw refused(process, signal, "not permitted");
        }
        return sent;
    }

    private static boolean kill(ProcessIdentity process, Signal signal) throws IOException {
        POSIX posix = Native.posix();
        if (!process.isAlive()) {
            return false;
        }
        if (posix.kill(process.pid(), signal.number()) == 0) {
            return true;
        }
        Errno error = Errno.valueOf(posix.errno());
        if (error == Errno.ESRCH) {
            return false;
        }
        throw refused(process, signal, error.description());
    }

    private static IOException refused(ProcessIdentity process, Signal signal, String why) {
        return new IOException("signal " + signal.name() + " to process " + process.pid() + ": " + why);
    }
}
