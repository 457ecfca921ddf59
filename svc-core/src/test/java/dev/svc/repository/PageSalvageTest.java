package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows found without SQLite: all of a sound file, only true ones of a damaged file, and never an exception.
class PageSalvageTest {
    private static final int PAGE = 4096;

    @TempDir Path directory;
    private final LocalDisk disk = new LocalDisk();

    private Path written() throws Exception {
        Place place = Place.below(directory.resolve("svc"), new FaultyDisk());
        try (Repository repository = Repository.open(place, Known.NONE, () -> Scene.WALL).repository()) {
            for (int i = 1; i <= 20; i++) {
                repository.commit(Scene.define(i));
            }
            repository.commit(Scene.configure(5, "longer ".repeat(580)));
            repository.commit(Scene.delete(7));
        }
        return place.database();
    }

    private static Map<Row.Key, Row> byKey(Rows rows) {
        Map<Row.Key, Row> byKey = new HashMap<>();
        rows.all().forEach(row -> byKey.put(row.key(), row));
        return byKey;
    }

    @Test void soundFileYieldsWhatSqliteReadsAndNothingThatWasDeleted() throws Exception {
        Path database = written();
        assertEquals(byKey(DatabaseReader.read(disk, database).rows()), byKey(PageSalvage.rows(disk, database)));
    }

    @Test void damagedBytesNeverYieldAFalseRowNorAnException() throws Exception {
        Path database = written();
        Map<Row.Key, Row> truth = byKey(PageSalvage.rows(disk, database));
        byte[] whole = Files.readAllBytes(database);
        Random random = new Random(Long.getLong("svc.seed", 20261123));
        Path damaged = directory.resolve("damaged.db");
        for (int i = 0; i < 300; i++) {
            byte[] bytes = whole.clone();
            for (int n = 1 + random.nextInt(40); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(damaged, bytes);
            PageSalvage.rows(disk, damaged).all().forEach(row -> assertEquals(truth.get(row.key()), row));
        }
    }

    /// Lengths and types at the beginnings of cells are what a reader trips over: several bytes that each say "more follows" make one
    /// that no memory could hold.
    @Test void nonsenseInEveryCellIsPassedOver() throws Exception {
        Path database = written();
        Map<Row.Key, Row> truth = byKey(PageSalvage.rows(disk, database));
        byte[] whole = Files.readAllBytes(database);
        Path damaged = directory.resolve("damaged.db");
        for (int width = 1; width <= 6; width++) {
            for (int offset = 0; offset < 12; offset++) {
                Files.write(damaged, withNonsense(whole, offset, width));
                PageSalvage.rows(disk, damaged).all().forEach(row -> assertEquals(truth.get(row.key()), row));
            }
        }
    }

    /// The high bits of `width` bytes of every second cell set, from `offset` on.
    private static byte[] withNonsense(byte[] whole, int offset, int width) {
        byte[] bytes = whole.clone();
        for (int page = PAGE; page < bytes.length; page += PAGE) {
            int cells = (whole[page + 3] & 0xFF) << 8 | whole[page + 4] & 0xFF;
            for (int cell = 0; cell < cells && 9 + 2 * cell < PAGE; cell += 2) {
                int at = (whole[page + 8 + 2 * cell] & 0xFF) << 8 | whole[page + 9 + 2 * cell] & 0xFF;
                for (int i = at + offset; i < Math.min(PAGE, at + offset + width); i++) {
                    bytes[page + i] |= (byte) 0xF0;
                }
            }
        }
        return bytes;
    }
}
