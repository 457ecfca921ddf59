package dev.svc.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Writes a whole database from memory, and believes it only after reading it again.
final class DatabaseWriter {
    private static final int BATCH = 1000;

    private DatabaseWriter() {}

    /// Writes `holding` to `file`, a new one; on return it is durable and verified.
    ///
    /// @throws IOException if it cannot be written, or is not what was written
    static void write(Disk disk, Path file, Holding holding) throws IOException {
        deleteWithJournal(disk, file);
        try (Connection database = disk.connect(file, Disk.Access.WRITE)) {
            try (Statement statement = database.createStatement()) {
                // Nobody else knows the file yet, and a half-written one is thrown away.
                statement.execute("PRAGMA journal_mode=OFF");
                statement.execute("PRAGMA synchronous=OFF");
            }
            Schema.create(database);
            database.setAutoCommit(false);
            List<Touch> batch = new ArrayList<>(BATCH);
            for (Iterator<Row> rows = holding.rows().iterator(); rows.hasNext();) {
                batch.add(Touch.Write.of(rows.next()));
                if (batch.size() == BATCH || !rows.hasNext()) {
                    Schema.touch(database, batch);
                    batch.clear();
                }
            }
            Schema.put(database, holding.meta());
            database.commit();
        } catch (SQLException e) {
            throw failed(disk, file, new IOException(file + ": " + e.getMessage(), e));
        }
        try {
            disk.sync(file);
        } catch (IOException e) {
            throw failed(disk, file, e);
        }
        verify(disk, file, holding);
    }

    /// Reads a copy again and compares it with memory.
    ///
    /// @throws IOException if it is not sound or not equal; the file is deleted
    static void verify(Disk disk, Path file, Holding holding) throws IOException {
        Reading reading = DatabaseReader.check(disk, file);
        boolean equal = reading.meta().map(holding.meta()::equals).orElse(false);
        if (!reading.sound() || !equal) {
            String why = reading.findings().isEmpty()
                    ? file + " does not hold what was written to it"
                    : reading.findings().getFirst().toString();
            throw failed(disk, file, new IOException(why));
        }
    }

    private static IOException failed(Disk disk, Path file, IOException cause) {
        try {
            deleteWithJournal(disk, file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    static void deleteWithJournal(Disk disk, Path file) throws IOException {
        disk.delete(journalOf(file));
        disk.delete(file);
    }

    /// SQLite's rollback journal of a database.
    static Path journalOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-journal");
    }
}
