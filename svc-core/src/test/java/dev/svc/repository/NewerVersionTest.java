package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.protocol.NewerVersionException;
import dev.svc.protocol.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a newer version wrote is refused as it is, by its name and versions.
class NewerVersionTest {
    @TempDir Path state;
    private Place place;

    @BeforeEach void write() throws Exception {
        place = Place.below(state.resolve("svc"));
        try (Repository repository = Repository.open(place, Known.NONE, () -> Scene.WALL).repository()) {
            repository.commit(Scene.define(1));
        }
    }

    private String refusal() {
        return assertThrows(NewerVersionException.class, () -> Repository.open(place, Known.NONE, () -> Scene.WALL)).getMessage();
    }

    private Path segment() throws Exception {
        try (Stream<Path> files = Files.list(place.journal())) {
            return files.findFirst().orElseThrow();
        }
    }

    private static String sealed(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "{\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"," + body;
    }

    @Test void aJournalLineIsRefusedAndNothingIsTouched() throws Exception {
        String line = Files.readString(segment()).lines().toList().getLast();
        String newer = sealed(
                line.substring(JournalLine.HEAD).replace("\"version\":1", "\"version\":2").replace("\"after\":0", "\"after\":1")
                        .replace("\"sequence\":1", "\"sequence\":2"));
        Files.writeString(segment(), Files.readString(segment()) + newer + "\n");
        byte[] database = Files.readAllBytes(place.database());
        byte[] journal = Files.readAllBytes(segment());
        assertEquals("change 2 of the journal is of format 2, written by a newer svc.startd; this one, " + Version.current()
                + ", reads formats up to 1", refusal());
        assertArrayEquals(database, Files.readAllBytes(place.database()));
        assertArrayEquals(journal, Files.readAllBytes(segment()));
    }

    @Test void aLineWithoutAVersionIsOfTheFirst() throws Exception {
        String line = Files.readString(segment()).lines().toList().getLast();
        Files.writeString(segment(), sealed(line.substring(JournalLine.HEAD).replace("\"version\":1,", "")) + "\n");
        Files.delete(place.database());
        Opened opened = Repository.open(place, Known.NONE, () -> Scene.WALL);
        assertEquals(List.of(Scene.instance(1)), opened.model().instances());
        opened.repository().close();
    }

    @Test void aDatabaseIsRefused() throws Exception {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + place.database());
                var statement = database.createStatement()) {
            var row = statement.executeQuery("SELECT epoch, sequence, lost, set_hash FROM meta");
            row.next();
            byte[] hash = Meta.hash(2, row.getString(1), row.getLong(2), row.getString(3), row.getBytes(4));
            row.close();
            statement.executeUpdate("UPDATE meta SET schema=2, hash=x'" + HexFormat.of().formatHex(hash) + "'");
        }
        assertEquals(place.database() + " is of format 2, written by a newer svc.startd; this one, " + Version.current()
                + ", reads formats up to 1", refusal());
    }

    @Test void aDatabaseThatOnlySeemsNewerIsDamaged() throws Exception {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + place.database());
                var statement = database.createStatement()) {
            statement.executeUpdate("UPDATE meta SET schema=2");
        }
        Opened opened = Repository.open(place, Known.NONE, () -> Scene.WALL);
        assertEquals(List.of(Scene.instance(1)), opened.model().instances());
        opened.repository().close();
    }
}
