package dev.svc.posix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;

/// An exclusive lock of flock(2) on a file: it belongs to the open file, hence to everybody who inherited the descriptor, and is free
/// when the last of them has closed it.
public final class Flock implements AutoCloseable {
    private static final int EXCLUSIVE = 2;
    private static final int NOT_BLOCKING = 4;

    private final int descriptor;

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Takes the lock of a file that exists; yields nothing if somebody has it, shared or not.
    public static Optional<Flock> tryExclusive(Path file) throws IOException {
        try {
            // A process spawned meanwhile must not inherit the descriptor, or it would hold the lock as well.
            int descriptor = Libc.open(file, OpenFlags.O_RDONLY.intValue() | OpenFlags.O_CLOEXEC.intValue());
            return isLocked(descriptor) ? Optional.of(new Flock(descriptor)) : Optional.empty();
        } catch (Libc.Failure e) {
            throw new IOException(file + ": " + e.reason());
        }
    }

    private static boolean isLocked(int descriptor) throws Libc.Failure {
        try {
            Libc.flock(descriptor, EXCLUSIVE | NOT_BLOCKING);
            return true;
        } catch (Libc.Failure e) {
            Libc.close(descriptor);
            if (e.is(Errno.EWOULDBLOCK)) {
                return false;
            }
            throw e;
        }
    }

    @Override public void close() {
        Libc.close(descriptor);
    }
}
