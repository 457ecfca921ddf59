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
        // A process spawned meanwhile must not inherit the descriptor, or it would hold the lock as well.
        int descriptor = Native.posix().open(
                file.toString(), OpenFlags.O_RDONLY.intValue() | OpenFlags.O_CLOEXEC.intValue(), 0);
        if (descriptor < 0) {
            throw failure(file);
        }
        if (Native.posix().flock(descriptor, EXCLUSIVE | NOT_BLOCKING) == 0) {
            return Optional.of(new Flock(descriptor));
        }
        boolean held = Native.posix().errno() == Errno.EWOULDBLOCK.intValue();
        IOException failure = failure(file);
        Native.posix().close(descriptor);
        if (held) {
            return Optional.empty();
        }
        throw failure;
    }

    private static IOException failure(Path file) {
        return new IOException(file + ": " + Errno.valueOf(Native.posix().errno()).description());
    }

    @Override public void close() {
        Native.posix().close(descriptor);
    }
}
