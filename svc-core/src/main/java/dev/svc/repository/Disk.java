package dev.svc.repository;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The one way from a repository to files; what a test replaces to make a disk that is full, torn or lying.
public interface Disk {
    /// The content of a file.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none
    byte[] read(Path file) throws IOException;

    /// The first bytes of a file, fewer if it is shorter.
    byte[] read(Path file, int bytes) throws IOException;

    /// Opens a file for appending, making it (readable by its owner alone) if need be.
    Appender append(Path file) throws IOException;

    /// Moves a file in the place of another, atomically; both in one directory.
    void rename(Path from, Path to) throws IOException;

    void copy(Path from, Path to) throws IOException;

    /// Deletes a file; one that does not exist is no error.
    void delete(Path file) throws IOException;

    /// The files of a directory, by name; none if there is no such directory.
    List<Path> list(Path directory) throws IOException;

    /// Makes a directory and those above it, open to its owner alone.
    void makeDirectory(Path directory) throws IOException;

    /// Makes names in a directory durable.
    void syncDirectory(Path directory) throws IOException;

    /// Makes a file's content durable.
    void sync(Path file) throws IOException;

    /// What tells a file from every other and from its own earlier content; nothing if it does not exist.
    Optional<Identity> identity(Path file) throws IOException;

    /// When a file's content last changed.
    Instant modified(Path file) throws IOException;

    /// Opens a file for reading at any place.
    SeekableByteChannel readAt(Path file) throws IOException;

    /// Opens a database, to read a file that nobody writes (no lock is taken, no journal rolled back), or to write it.
    Connection connect(Path database, Access access) throws SQLException;

    /// How a database is opened.
    enum Access {
        READ_UNTOUCHED, WRITE
    }

    /// @param key device and inode
    /// @param changed modification and status change times
    record Identity(String key, long size, String changed) {}

    /// A file that grows at its end.
    interface Appender extends Closeable {
        long size() throws IOException;

        /// Writes all of `bytes` at the end; on failure some of them may have been written.
        void append(byte[] bytes) throws IOException;

        void truncate(long size) throws IOException;

        void sync() throws IOException;
    }
}
