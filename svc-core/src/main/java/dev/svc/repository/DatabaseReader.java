package dev.svc.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a database file that nobody writes meanwhile, believing nothing: V1 before SQLite is let near it, then V1 to V3 by what SQLite
/// says and what the hashes say.
final class DatabaseReader {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int MOST_COMPLAINTS = 20;
    private static final int SHOWN_COMPLAINTS = 2;

    private final Disk disk;
    private final Path file;
    private final String where;
    private final Keeping keeping;
    private final ContentReader contents = new ContentReader();
    private final Rows rows = new Rows();
    private final List<Finding> findings = new ArrayList<>();
    private SetHash set = SetHash.EMPTY;
    private Optional<Meta> meta = Optional.empty();
    private long intact;
    private long newest;

    /// What becomes of intact rows.
    private enum Keeping {
        ROWS, NOTHING
    }

    private DatabaseReader(Disk disk, Path file, String where, Keeping keeping) {
        this.disk = disk;
        this.file = file;
        this.where = where;
        this.keeping = keeping;
    }

    static Reading read(Disk disk, Path file) {
        return read(disk, file, file.getFileName().toString());
    }

    /// Reads `file`, which findings call `where`.
    static Reading read(Disk disk, Path file, String where) {
        return new DatabaseReader(disk, file, where, Keeping.ROWS).read();
    }

    /// Verifies a file as [#read] does, but yields no rows: a big repository needs not be in memory twice.
    static Reading check(Disk disk, Path file) {
        return new DatabaseReader(disk, file, file.getFileName().toString(), Keeping.NOTHING).read();
    }

    private Reading read() {
        if (headerIsGood()) {
            try (Connection database = disk.connect(file, Disk.Access.READ_UNTOUCHED);
                    Statement statement = database.createStatement()) {
                quickCheck(statement);
                meta(statement);
                groups(statement);
                snapshots(statement);
                sum();
            } catch (SQLException e) {
                find(Finding.Level.V1, "SQLite cannot read it: " + e.getMessage());
            }
        }
        return new Reading(file, meta, rows, findings);
    }

    private boolean headerIsGood() {
        try {
            byte[] header = disk.read(file, HEADER_BYTES);
            long size = disk.identity(file).map(Disk.Identity::size).orElse(0L);
            fault(header, size).ifPresent(fault -> find(Finding.Level.V1, fault));
        } catch (java.nio.file.NoSuchFileException _) {
            find(Finding.Level.V1, "the file is missing");
        } catch (IOException e) {
            find(Finding.Level.DISK, "cannot be read: " + e.getMessage());
        }
        return findings.isEmpty();
    }

    /// What the header says against what the file is. Offsets: SQLite file format, section 1.3.
    private static Optional<String> fault(byte[] header, long size) {
        if (header.length < HEADER_BYTES) {
            return Optional.of(size == 0 ? "the file is empty" : "the file has only " + size + " bytes");
        }
        if (!Arrays.equals(MAGIC, 0, MAGIC.length, header, 0, MAGIC.length)) {
            return Optional.of("the file does not begin like a database");
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        int pageSize = fields.getShort(16) == 1 ? 65536 : Short.toUnsignedInt(fields.getShort(16));
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1) {
            return Optional.of("its header gives a page size of " + pageSize);
        }
        if (header[18] != 1 || header[19] != 1) {
            return Optional.of("its header gives file format " + header[18] + "/" + header[19] + ", not 1/1");
        }
        if (fields.getInt(68) != Schema.APPLICATION_ID) {
            return Optional.of("its header gives another application's id");
        }
        long expected = Integer.toUnsignedLong(fields.getInt(28)) * pageSize;
        if (expected != size || fields.getInt(24) != fields.getInt(92)) {
            return Optional.of("its header promises " + expected + " bytes, the file has " + size);
        }
        return Optional.empty();
    }

    private void quickCheck(Statement statement) throws SQLException {
        try (ResultSet complaints = statement.executeQuery("PRAGMA quick_check(" + MOST_COMPLAINTS + ")")) {
            List<String> all = new ArrayList<>();
            while (complaints.next()) {
                complaints.getString(1).lines().filter(line -> !line.equals("ok") && !line.startsWith("*** in database")).forEach(all::add);
            }
            if (!all.isEmpty()) {
                String more = all.size() > SHOWN_COMPLAINTS ? "; and " + (all.size() - SHOWN_COMPLAINTS) + " more" : "";
                find(Finding.Level.V1, "quick_check: " + String.join("; ", all.subList(0, Math.min(SHOWN_COMPLAINTS, all.size()))) + more);
            }
        }
    }

    private void meta(Statement statement) {
        try (ResultSet row = statement.executeQuery("SELECT schema, epoch, sequence, lost, set_hash, hash FROM meta")) {
            while (row.next()) {
                meta(row.getLong(1), text(row, 2), row.getLong(3), text(row, 4), bytes(row, 5), bytes(row, 6));
            }
            if (meta.isEmpty() && findings.isEmpty()) {
                find(Finding.Level.V2, "table meta has no row");
            }
        } catch (SQLException e) {
            find(Finding.Level.V1, "table meta cannot be read: " + e.getMessage());
        }
    }

    private void meta(long schema, String epoch, long sequence, String lost, byte[] setHash, byte[] hash) {
        Optional<Meta> found = Meta.checked(schema, epoch, sequence, lost, setHash, hash);
        if (found.isEmpty()) {
            find(Finding.Level.V2, "the row of table meta fails its hash");
        } else if (meta.isPresent()) {
            find(Finding.Level.V3, "table meta has more than one row");
        } else if (schema != Meta.SCHEMA) {
            find(Finding.Level.V1, "it has schema " + schema + "; this version knows " + Meta.SCHEMA);
        }
        meta = found.isPresent() ? found : meta;
    }

    private void groups(Statement statement) {
        try (ResultSet row = statement
                .executeQuery("SELECT entity_fmri, layer, name, type, content, sequence, hash FROM property_group ORDER BY rowid")) {
            while (row.next()) {
                group(text(row, 1), text(row, 2), text(row, 3), text(row, 4), text(row, 5), row.getLong(6), bytes(row, 7));
            }
        } catch (SQLException e) {
            find(Finding.Level.V1, "table property_group cannot be read: " + e.getMessage());
        }
    }

    private void group(String entity, String layer, String name, String type, String content, long sequence, byte[] hash) {
        byte[] actual = Row.Group.hash(entity, layer, name, type, content, sequence);
        if (!Arrays.equals(actual, hash)) {
            find("the row fails its hash", entity, name, sequence);
            return;
        }
        took(sequence, hash);
        if (keeping == Keeping.NOTHING) {
            return;
        }
        try {
            rows.put(new Row.Group(contents.group(entity, layer, name, type, content), sequence));
        } catch (IllegalArgumentException | jakarta.json.JsonException e) {
            find("the row makes no sense: " + e.getMessage(), entity, name, sequence);
        }
    }

    private void snapshots(Statement statement) {
        try (ResultSet row = statement.executeQuery("SELECT instance_fmri, name, content, sequence, hash FROM snapshot ORDER BY rowid")) {
            while (row.next()) {
                snapshot(text(row, 1), text(row, 2), bytes(row, 3), row.getLong(4), bytes(row, 5));
            }
        } catch (SQLException e) {
            find(Finding.Level.V1, "table snapshot cannot be read: " + e.getMessage());
        }
    }

    private void snapshot(String instance, String name, byte[] packed, long sequence, byte[] hash) {
        try {
            String content = Schema.inflated(packed);
            if (!Arrays.equals(Row.Shot.hash(instance, name, content, sequence), hash)) {
                find("the snapshot fails its hash", instance, name, sequence);
                return;
            }
            took(sequence, hash);
            if (keeping == Keeping.ROWS) {
                rows.put(new Row.Shot(contents.snapshot(instance, name, content), sequence));
            }
        } catch (IllegalArgumentException | jakarta.json.JsonException e) {
            find("the snapshot makes no sense: " + e.getMessage(), instance, name, sequence);
        }
    }

    private void took(long sequence, byte[] hash) {
        intact++;
        newest = Math.max(newest, sequence);
        set = set.with(hash);
    }

    private void sum() {
        if (meta.isPresent() && !meta.get().set().equals(set)) {
            find(Finding.Level.V3, "its " + intact + " intact rows do not add up: a row vanished, came twice or came back");
        }
        if (meta.isPresent() && newest > meta.get().sequence().number()) {
            find(Finding.Level.V4, "a row is of change " + newest + ", table meta only of " + meta.get().sequence().number());
        }
    }

    private void find(Finding.Level level, String what) {
        findings.add(new Finding(level, Finding.Gravity.DAMAGE, where, what));
    }

    private void find(String what, String entity, String name, long sequence) {
        findings.add(
                new Finding(
                        Finding.Level.V2,
                        Finding.Gravity.DAMAGE,
                        where,
                        what,
                        Optional.of(entity),
                        Optional.of(name),
                        OptionalLong.of(sequence)));
    }

    /// A column that should be text; damage may have made it null.
    private static String text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).orElse(new byte[0]);
    }
}
