package dev.svc.repository;

import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The tables, and how rows get into them.
///
/// ```
/// property_group(entity_fmri, layer, name, type, content, sequence, hash)   a row for what one layer says about one group
/// snapshot(instance_fmri, name, content, sequence, hash)                    content deflated: it repeats whole definitions
/// meta(schema, epoch, sequence, lost, set_hash, hash)                       exactly one row
/// ```
///
/// Hashes are [RowHash] over the other columns (a snapshot's content as it was before it was deflated).
final class Schema {
    /// "SVCR" in the header of each database.
    static final int APPLICATION_ID = 0x53564352;

    private static final String[] TABLES = {
            "CREATE TABLE property_group(entity_fmri TEXT NOT NULL, layer TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
                    + " content TEXT NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL, UNIQUE(entity_fmri, layer, name)) STRICT",
            "CREATE TABLE snapshot(instance_fmri TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, sequence INTEGER NOT NULL,"
                    + " hash BLOB NOT NULL, UNIQUE(instance_fmri, name)) STRICT",
            "CREATE TABLE meta(schema INTEGER NOT NULL, epoch TEXT NOT NULL, sequence INTEGER NOT NULL, lost TEXT NOT NULL,"
                    + " set_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT"};

    private static final String PUT_GROUP = "INSERT INTO property_group VALUES(?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
            + " type=excluded.type, content=excluded.content, sequence=excluded.sequence, hash=excluded.hash";
    private static final String PUT_SNAPSHOT = "INSERT INTO snapshot VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE SET"
            + " content=excluded.content, sequence=excluded.sequence, hash=excluded.hash";

    private Schema() {}

    /// Makes the tables.
    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("PRAGMA application_id=" + APPLICATION_ID);
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    /// Carries out `touches` within the present transaction.
    static void touch(Connection database, Collection<Touch> touches) throws SQLException {
        try (PreparedStatement putGroup = database.prepareStatement(PUT_GROUP);
                PreparedStatement putSnapshot = database.prepareStatement(PUT_SNAPSHOT);
                PreparedStatement dropGroup = database
                        .prepareStatement("DELETE FROM property_group WHERE entity_fmri=? AND layer=? AND name=?");
                PreparedStatement dropSnapshot = database.prepareStatement("DELETE FROM snapshot WHERE instance_fmri=? AND name=?")) {
            for (Touch touch : touches) {
                switch (touch) {
                    case Touch.Write(Row.Group row, String content, byte[] hash) -> put(putGroup, row, content, hash);
                    case Touch.Write(Row.Shot row, String content, byte[] hash) -> put(putSnapshot, row, content, hash);
                    case Touch.Erase(Row.Key.OfGroup(LayerGroup.Key key)) ->
                        drop(dropGroup, key.entity().toString(), key.layer().layerName(), key.group());
                    case Touch.Erase(Row.Key.OfShot(Snapshot.Key key)) -> drop(dropSnapshot, key.instance().toString(), key.name());
                }
            }
        }
    }

    private static void put(PreparedStatement statement, Row.Group row, String content, byte[] hash) throws SQLException {
        LayerGroup group = row.group();
        statement.setString(1, group.entity().toString());
        statement.setString(2, group.layer().layerName());
        statement.setString(3, group.group().name());
        statement.setString(4, group.group().type());
        statement.setString(5, content);
        statement.setLong(6, row.sequence());
        statement.setBytes(7, hash);
        statement.executeUpdate();
    }

    private static void put(PreparedStatement statement, Row.Shot row, String content, byte[] hash) throws SQLException {
        statement.setString(1, row.snapshot().instance().toString());
        statement.setString(2, row.snapshot().name());
        statement.setBytes(3, deflated(content));
        statement.setLong(4, row.sequence());
        statement.setBytes(5, hash);
        statement.executeUpdate();
    }

    private static void drop(PreparedStatement statement, String... key) throws SQLException {
        for (int i = 0; i < key.length; i++) {
            statement.setString(i + 1, key[i]);
        }
        statement.executeUpdate();
    }

    /// Replaces the row of `meta`.
    static void put(Connection database, Meta meta) throws SQLException {
        try (Statement clear = database.createStatement();
                PreparedStatement insert = database.prepareStatement("INSERT INTO meta VALUES(?,?,?,?,?,?)")) {
            clear.executeUpdate("DELETE FROM meta");
            insert.setLong(1, meta.schema());
            insert.setString(2, meta.epoch());
            insert.setLong(3, meta.sequence().number());
            insert.setString(4, meta.lostText());
            insert.setBytes(5, meta.set().bytes());
            insert.setBytes(6, meta.hash());
            insert.executeUpdate();
        }
    }

    static byte[] deflated(String content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            while (!deflater.finished()) {
                packed.write(part, 0, deflater.deflate(part));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /// What [#deflated] packed.
    ///
    /// @throws IllegalArgumentException if it is damaged
    static String inflated(byte[] packed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                if (length == 0 || content.size() > MOST_CONTENT) {
                    throw new IllegalArgumentException("deflated content is damaged");
                }
                content.write(part, 0, length);
            }
            return content.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("deflated content is damaged", e);
        } finally {
            inflater.end();
        }
    }

    /// A damaged length must not make us fill memory.
    private static final int MOST_CONTENT = 64 << 20;
}
