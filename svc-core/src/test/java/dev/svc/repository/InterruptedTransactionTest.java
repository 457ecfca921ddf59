package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What SQLite leaves when the machine stops while it writes back pages: a hot journal, beside the database it belongs to or another.
class InterruptedTransactionTest {
    private static final int SERVICES = 8;

    @TempDir Path directory;
    private int stage;

    private Place newPlace() {
        return Place.below(directory.resolve("stage" + stage++), new FaultyDisk());
    }

    private Remains rest() throws Exception {
        Place place = newPlace();
        try (Repository repository = Repository.open(place, Known.NONE, () -> Scene.WALL).repository()) {
            for (int i = 1; i <= SERVICES; i++) {
                repository.commit(Scene.define(i));
            }
            repository.backup(BackupKind.BOOT);
            repository.commit(Scene.configure(2, "long ".repeat(800)));
            Committed last = repository.commit(Scene.enable(4, true));
            return Remains.of(place, last.model(), last.sequence());
        }
    }

    private void assertWhole(Remains rest, String what) throws IOException {
        Place place = newPlace();
        rest.lay(place);
        Known known = new Known(rest.sequence(), true);
        Opened opened = Repository.open(place, known, () -> Scene.WALL);
        assertEquals(rest.model(), Scene.text(opened.model()), what);
        assertTrue(opened.freshness().complete(), () -> what + opened.findings());
        opened.repository().close();
        Opened again = Repository.open(place, known, () -> Scene.WALL);
        assertFalse(again.findings().stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE), () -> what + again.findings());
        assertEquals(rest.model(), Scene.text(again.model()), what);
    }

    @Test void transactionInterruptedInTheMiddleIsRolledBackOrReplayed() throws Exception {
        Remains rest = rest();
        Remains interrupted = interrupted(rest);
        assertWhole(interrupted, "hot journal");
        // The same journal beside a database that it does not belong to.
        Random random = new Random(Long.getLong("svc.seed", 20261123));
        List<Damage> damages = Damage.ofDatabase(rest, rest.files(), 1, random);
        for (Damage damage : damages) {
            Map<String, byte[]> both = new TreeMap<>(rest.files());
            damage.act().on(both);
            both.put("repository.db-journal", interrupted.files().get("repository.db-journal"));
            assertWhole(new Remains(both, rest.model(), rest.sequence()), damage.kind() + " " + damage.what());
        }
    }

    @Test void stoppedBeforeAnyOperationTheNewDatabaseNeverStandsBesideAHotJournalOfTheOldOne() throws Exception {
        // What can be saved of a database that a rollback does not mend is all there is.
        Remains left = interrupted(rest()).without(Remains.JOURNAL).without(Remains.BACKUP)
                .changed(files -> Arrays.fill(files.get(Remains.DATABASE), 2 * 4096, 3 * 4096, (byte) 0));
        boolean replaced = false;
        for (int n = 0; !replaced; n++) {
            FaultyDisk disk = new FaultyDisk();
            Place place = Place.below(directory.resolve("stage" + stage++), disk);
            left.lay(place);
            disk.begin(FaultyDisk.Fault.STOP, n, 1);
            assertThrows(FaultyDisk.StoppedError.class, () -> Repository.open(place, Known.NONE, () -> Scene.WALL));
            replaced = Files.exists(place.database()) && !Arrays.equals(Files.readAllBytes(place.database()), left.database());
            assertFalse(replaced && Files.exists(DatabaseWriter.journalOf(place.database())), "stopped at operation " + n);
        }
    }

    private Remains interrupted(Remains rest) throws Exception {
        Place place = newPlace();
        rest.lay(place);
        Path file = place.database();
        try (var database = place.disk().connect(file, Disk.Access.WRITE); var statement = database.createStatement()) {
            statement.execute("PRAGMA cache_size=2");
            statement.execute("PRAGMA cache_spill=1");
            database.setAutoCommit(false);
            statement.executeUpdate("UPDATE property_group SET content = content || hex(zeroblob(2000))");
            Map<String, byte[]> files = new TreeMap<>(rest.files());
            files.put("repository.db", Files.readAllBytes(file));
            files.put("repository.db-journal", Files.readAllBytes(DatabaseWriter.journalOf(file)));
            database.rollback();
            assertFalse(Arrays.equals(files.get("repository.db"), rest.database()));
            return new Remains(files, rest.model(), rest.sequence());
        }
    }
}
