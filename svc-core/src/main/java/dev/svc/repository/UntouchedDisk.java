package dev.svc.repository;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Another disk, of which nothing is changed but the copies that a hot journal is tried on.
record UntouchedDisk(Disk disk) implements Disk {
    private static boolean isCopy(Path file) {
        return file.getFileName().toString().contains(DatabaseFiles.TRIED);
    }

    private static void refuse(Path file) throws IOException {
        if (!isCopy(file)) {
            throw new IOException(file + " is not to be changed");
        }
    }

    @Override public byte[] read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override public byte[] read(Path file, int bytes) throws IOException {
        return disk.read(file, bytes);
    }

    @Override public Appender append(Path file) throws IOException {
        refuse(file);
        return disk.append(file);
    }

    @Override public void rename(Path from, Path to) throws IOException {
        refuse(from);
        refuse(to);
        disk.rename(from, to);
    }

    @Override public void copy(Path from, Path to) throws IOException {
        refuse(to);
        disk.copy(from, to);
    }

    @Override public void delete(Path file) throws IOException {
        refuse(file);
        disk.delete(file);
    }

    @Override public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override public void makeDirectory(Path directory) throws IOException {
        refuse(directory);
    }

    @Override public void syncDirectory(Path directory) throws IOException {
        refuse(directory);
    }

    @Override public void sync(Path file) throws IOException {
        refuse(file);
        disk.sync(file);
    }

    @Override public Optional<Identity> identity(Path file) throws IOException {
        return disk.identity(file);
    }

    @Override public Instant modified(Path file) throws IOException {
        return disk.modified(file);
    }

    @Override public SeekableByteChannel readAt(Path file) throws IOException {
        return disk.readAt(file);
    }

    @Override public Connection connect(Path database, Access access) throws SQLException {
        if (access == Access.WRITE && !isCopy(database)) {
            throw new SQLException(database + " is not to be changed");
        }
        return disk.connect(database, access);
    }
}
