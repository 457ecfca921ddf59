package dev.svc.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// The machine's own file system.
public final class LocalDisk implements Disk {
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<OpenOption> APPENDING = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    /// How long a transaction waits for somebody who reads the file with sqlite3(1).
    private static final int BUSY_MILLISECONDS = 250;

    @Override public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    @Override public byte[] read(Path file, int bytes) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(bytes);
        }
    }

    @Override public Appender append(Path file) throws IOException {
        return new LocalAppender(FileChannel.open(file, APPENDING, OWNER_ONLY));
    }

    @Override public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override public void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Override public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    @Override public void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
    }

    @Override public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override public void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override public Optional<Identity> identity(Path file) throws IOException {
        try {
            Map<String, Object> about = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    new Identity(
                            about.get("dev") + ":" + about.get("ino"),
                            (Long) about.get("size"),
                            about.get("lastModifiedTime") + " " + about.get("ctime")));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    @Override public Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    @Override public SeekableByteChannel readAt(Path file) throws IOException {
        return Files.newByteChannel(file);
    }

    @Override public Connection connect(Path database, Access access) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLISECONDS);
        if (access == Access.READ_UNTOUCHED) {
            config.setReadOnly(true);
            return config
                    .createConnection(JDBC.PREFIX + database.toUri().toASCIIString().replaceFirst("^file:/*", "file:/") + "?immutable=1");
        }
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        makeOwnerOnly(database);
        return config.createConnection(url(database));
    }

    private static String url(Path database) {
        return JDBC.PREFIX + "file:" + database.toUri().getRawPath();
    }

    /// SQLite takes an empty file for a database without tables, and would itself make one that all may read.
    private static void makeOwnerOnly(Path database) throws SQLException {
        try {
            Files.createFile(database, OWNER_ONLY);
        } catch (FileAlreadyExistsException _) {
            // The usual case.
        } catch (IOException e) {
            throw new SQLException(Journal.reason(e), e);
        }
    }

    /// A file whose position is always its end.
    private record LocalAppender(FileChannel channel) implements Appender {
        @Override public long size() throws IOException {
            return channel.size();
        }

        @Override public void append(byte[] bytes) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            long at = channel.size();
            while (left.hasRemaining()) {
                at += channel.write(left, at);
            }
        }

        @Override public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override public void sync() throws IOException {
            channel.force(true);
        }

        @Override public void close() throws IOException {
            channel.close();
        }
    }
}
