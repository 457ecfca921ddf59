package dev.svc.repository;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqlite.SQLiteErrorCode;

/// A disk with a fault that can be switched on at a chosen operation. Nothing waits for real hardware: fsync does nothing but fail.
final class FaultyDisk implements Disk {
    private final LocalDisk disk = new LocalDisk();
    private Fault fault = Fault.NONE;
    private Predicate<Path> where = _ -> true;
    private int operations;
    private int faultyFrom = Integer.MAX_VALUE;
    private int faultyTo = Integer.MAX_VALUE;
    private int calls;
    private int meddledAt = -1;
    private Runnable meddling = () -> {};

    /// What goes wrong.
    enum Fault {
        NONE,
        /// Half of what is written arrives, then there is no space; databases do not grow.
        FULL,
        /// fsync fails.
        SYNC,
        /// fsync fails, and so does cutting away what was written.
        SYNC_AND_TRUNCATE,
        /// Nothing can be changed.
        READ_ONLY,
        /// Copies are not what they were copied from.
        MISCOPY,
        /// Somebody else holds SQLite's lock.
        BUSY,
        /// Files belong to somebody else and cannot even be read.
        FORBIDDEN,
        /// The machine stops: nothing happens any more, what was being written is there by half.
        STOP
    }

    /// The machine stopped.
    static final class StoppedError extends Error {
        private static final long serialVersionUID = 1L;

        StoppedError() {
            super("stopped");
        }
    }

    /// From the next operation on.
    void begin(Fault begun) {
        begin(begun, 0, Integer.MAX_VALUE);
    }

    /// The operation after `skipped` more, and `count` of them.
    void begin(Fault begun, int skipped, int count) {
        fault = begun;
        faultyFrom = operations + skipped;
        faultyTo = count == Integer.MAX_VALUE ? count : faultyFrom + count;
    }

    /// Only files that match are affected.
    void only(Predicate<Path> files) {
        where = files;
    }

    void end() {
        fault = Fault.NONE;
        where = _ -> true;
    }

    /// Lets somebody meddle with the files right before the call after `skipped` more, reading ones included.
    void meddle(int skipped, Runnable meddler) {
        meddledAt = calls + skipped;
        meddling = meddler;
    }

    /// How many calls there were, reading ones included.
    int calls() {
        return calls;
    }

    private void called() {
        if (calls++ == meddledAt) {
            meddling.run();
        }
    }

    /// How many operations there were that could have failed.
    int operations() {
        return operations;
    }

    private Fault next(Path file) {
        called();
        int number = operations++;
        return number >= faultyFrom && number < faultyTo && where.test(file) ? fault : Fault.NONE;
    }

    private void change(Path file) throws IOException {
        switch (next(file)) {
            case READ_ONLY -> throw new FileSystemException(file.toString(), null, "Read-only file system");
            case STOP -> throw stop();
            case FORBIDDEN -> throw new java.nio.file.AccessDeniedException(file.toString());
            case NONE, FULL, SYNC, SYNC_AND_TRUNCATE, MISCOPY, BUSY -> {}
        }
    }

    /// After a stop every operation fails.
    private StoppedError stop() {
        faultyFrom = 0;
        faultyTo = Integer.MAX_VALUE;
        return new StoppedError();
    }

    private void synced(Path file) throws IOException {
        switch (next(file)) {
            case SYNC, SYNC_AND_TRUNCATE -> throw new IOException("Input/output error");
            case READ_ONLY -> throw new FileSystemException(file.toString(), null, "Read-only file system");
            case STOP -> throw stop();
            case FORBIDDEN -> throw new java.nio.file.AccessDeniedException(file.toString());
            case NONE, FULL, MISCOPY, BUSY -> {}
        }
    }

    private void reading(Path file) throws IOException {
        called();
        if (fault == Fault.FORBIDDEN && operations >= faultyFrom && operations < faultyTo && where.test(file) && Files.exists(file)) {
            throw new java.nio.file.AccessDeniedException(file.toString());
        }
    }

    @Override public byte[] read(Path file) throws IOException {
        reading(file);
        return disk.read(file);
    }

    @Override public byte[] read(Path file, int bytes) throws IOException {
        reading(file);
        return disk.read(file, bytes);
    }

    @Override public Appender append(Path file) throws IOException {
        change(file);
        return new FaultyAppender(file, disk.append(file));
    }

    @Override public void rename(Path from, Path to) throws IOException {
        change(to);
        disk.rename(from, to);
    }

    @Override public void copy(Path from, Path to) throws IOException {
        switch (next(to)) {
            case FULL -> throw new FileSystemException(to.toString(), null, "No space left on device");
            case READ_ONLY -> throw new FileSystemException(to.toString(), null, "Read-only file system");
            case STOP -> throw stop();
            case FORBIDDEN -> throw new java.nio.file.AccessDeniedException(to.toString());
            case MISCOPY -> {
                disk.copy(from, to);
                try (Appender copy = disk.append(to)) {
                    copy.truncate(copy.size() / 2);
                }
            }
            case NONE, SYNC, SYNC_AND_TRUNCATE, BUSY -> disk.copy(from, to);
        }
    }

    @Override public void delete(Path file) throws IOException {
        change(file);
        disk.delete(file);
    }

    @Override public List<Path> list(Path directory) throws IOException {
        called();
        return disk.list(directory);
    }

    @Override public void makeDirectory(Path directory) throws IOException {
        change(directory);
        disk.makeDirectory(directory);
    }

    @Override public void syncDirectory(Path directory) throws IOException {
        synced(directory);
    }

    @Override public void sync(Path file) throws IOException {
        synced(file);
    }

    @Override public Optional<Identity> identity(Path file) throws IOException {
        called();
        return disk.identity(file);
    }

    @Override public Instant modified(Path file) throws IOException {
        called();
        return disk.modified(file);
    }

    @Override public SeekableByteChannel readAt(Path file) throws IOException {
        reading(file);
        return disk.readAt(file);
    }

    @Override public Connection connect(Path database, Access access) throws SQLException {
        if (access == Access.READ_UNTOUCHED) {
            called();
            return disk.connect(database, access);
        }
        Fault now = next(database);
        if (now == Fault.STOP) {
            throw stop();
        }
        if (now == Fault.READ_ONLY) {
            throw new SQLException("[SQLITE_READONLY] attempt to write a readonly database");
        }
        if (now == Fault.BUSY) {
            throw new SQLException("[SQLITE_BUSY] the database file is locked", null, SQLiteErrorCode.SQLITE_BUSY.code);
        }
        if (now == Fault.FORBIDDEN) {
            throw new SQLException("[SQLITE_CANTOPEN] unable to open the database file");
        }
        Connection connection = disk.connect(database, access);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=OFF");
            if (now == Fault.FULL) {
                statement.execute("PRAGMA max_page_count=1");
            }
        }
        return connection;
    }

    /// Writes what the disk lets it.
    private final class FaultyAppender implements Appender {
        private final Path file;
        private final Appender appender;

        FaultyAppender(Path file, Appender appender) {
            this.file = file;
            this.appender = appender;
        }

        @Override public long size() throws IOException {
            return appender.size();
        }

        @Override public void append(byte[] bytes) throws IOException {
            byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
            switch (next(file)) {
                case FULL -> {
                    appender.append(half);
                    throw new IOException("No space left on device");
                }
                case STOP -> {
                    appender.append(half);
                    throw stop();
                }
                case READ_ONLY -> throw new IOException("Read-only file system");
                case FORBIDDEN -> throw new java.nio.file.AccessDeniedException(file.toString());
                case NONE, SYNC, SYNC_AND_TRUNCATE, MISCOPY, BUSY -> appender.append(bytes);
            }
        }

        @Override public void truncate(long size) throws IOException {
            switch (next(file)) {
                case SYNC_AND_TRUNCATE -> throw new IOException("Input/output error");
                case READ_ONLY -> throw new IOException("Read-only file system");
                case STOP -> throw stop();
                case FORBIDDEN -> throw new java.nio.file.AccessDeniedException(file.toString());
                case NONE, FULL, SYNC, MISCOPY, BUSY -> appender.truncate(size);
            }
        }

        @Override public void sync() throws IOException {
            synced(file);
        }

        @Override public void close() throws IOException {
            appender.close();
        }
    }
}
