package dev.svc.model;

/// How a process ended, in the raw encoding of wait(2): exit status × 256, or signal in the low 7 bits, 0x80 = core dumped.
public record WaitStatus(int raw) {
    public static WaitStatus exited(int status) {
        return new WaitStatus((status & 0xff) << 8);
    }

    public static WaitStatus killedBy(int signal) {
        return new WaitStatus(signal & 0x7f);
    }

    /// What a shell's `$?` tells: above 128 it was a signal (a shell cannot tell an exit status of 143 from SIGTERM).
    public static WaitStatus ofShell(int status) {
        return status > 128 && status <= 128 + 64 ? killedBy(status - 128) : exited(status);
    }

    public boolean isExit() { return (raw & 0x7f) == 0; }

    /// The exit status; only if [#isExit].
    public int exitStatus() {
        return raw >> 8 & 0xff;
    }

    /// The signal; only if not [#isExit].
    public int signal() {
        return raw & 0x7f;
    }
}
