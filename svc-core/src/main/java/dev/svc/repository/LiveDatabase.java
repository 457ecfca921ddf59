package dev.svc.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/// The database file that transactions go to, and how we left it.
final class LiveDatabase implements AutoCloseable {
    private final Disk disk;
    private final Path file;
    private Optional<Connection> connection = Optional.empty();
    private Optional<Disk.Identity> left = Optional.empty();

    LiveDatabase(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// From here on the file is expected to stay as it is now.
    void remember() {
        try {
            left = disk.identity(file);
        } catch (IOException _) {
            left = Optional.empty();
        }
    }

    /// Whether the file is not as we left it: deleted, replaced, or changed in any way that shows in its size and times.
    boolean disturbed() {
        try {
            return left.isEmpty() || !disk.identity(file).equals(left);
        } catch (IOException _) {
            return true;
        }
    }

    /// One transaction. A connection is opened at the first, as a manager that is only started needs none.
    void apply(Collection<Touch> touches, Meta meta) throws SQLException {
        Connection database = connected();
        try {
            Schema.touch(database, touches);
            Schema.put(database, meta);
            database.commit();
        } catch (SQLException e) {
            disconnect();
            throw e;
        } finally {
            remember();
        }
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            Connection opened = disk.connect(file, Disk.Access.WRITE);
            connection = Optional.of(opened);
            opened.setAutoCommit(false);
        }
        return connection.get();
    }

    /// Lets SQLite roll back what a manager that was killed left unfinished.
    void rollBackHotJournal() throws SQLException {
        Connection database = connected();
        try (var statement = database.createStatement(); var rows = statement.executeQuery("SELECT count(*) FROM meta")) {
            rows.next();
            database.commit();
        } finally {
            disconnect();
            remember();
        }
    }

    /// Lets go of the file; the next transaction opens it again. What was not committed is rolled back.
    void disconnect() {
        connection.ifPresent(database -> {
            try {
                database.close();
            } catch (SQLException _) {
                // A connection to a file that is gone or damaged; the file is dealt with, not the connection.
            }
        });
        connection = Optional.empty();
    }

    @Override public void close() {
        disconnect();
    }
}
