package dev.svc.contract;

import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// One of the two locks that make a manager the only one of its root (I1). The kernel drops it when the holder dies.
///
/// It is a lock of fcntl(2): closing *any* descriptor of the file would drop it, so nothing else ever opens the file.
final class ManagerLock implements AutoCloseable {
    /// A manager that was just killed may still be on its way out of the kernel.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final FileChannel file;

    private ManagerLock(FileChannel file) {
        this.file = file;
    }

    /// Takes the lock on `file`, which is made if it is missing and can be, and closed to other users: whoever may read it could lock us
    /// out.
    ///
    /// @throws RootHeldException if another manager has it
    static ManagerLock take(Path file, SvcRoot root) throws IOException {
        FileChannel channel = Files.exists(file)
                ? FileChannel.open(file, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            if (!isLocked(channel)) {
                throw new RootHeldException(root, holder(file));
            }
            return new ManagerLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return true;
                }
            } catch (OverlappingFileLockException _) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    /// The pid of the process that has the lock, by /proc/locks: `1: POSIX  ADVISORY  WRITE 1234 00:26:77 0 EOF`.
    private static Optional<Long> holder(Path file) throws IOException {
        long device = (Long) Files.getAttribute(file, "unix:dev");
        long major = device >> 8 & 0xfff;
        long minor = device & 0xff | device >> 12 & 0xfff00;
        String wanted = String.format(Locale.ROOT, "%02x:%02x:%d", major, minor, (Long) Files.getAttribute(file, "unix:ino"));
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length > 5 && fields[1].equals("POSIX") && fields[5].equals(wanted))
                .map(fields -> Long.valueOf(fields[4]))
                .findFirst();
    }

    @Override public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
