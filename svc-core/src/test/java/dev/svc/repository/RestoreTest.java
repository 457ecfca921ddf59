package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Going back to a backup, on purpose.
class RestoreTest {
    private static final String BACKUP = "repository-boot-2.db";

    @TempDir Path directory;
    private int stage;
    private FaultyDisk disk;
    private Place place;
    private Model then;
    private Model now;
    private Sequence last;

    @BeforeEach void history() throws Exception {
        disk = new FaultyDisk();
        place = Place.below(directory.resolve("stage" + stage++), disk);
        try (Repository repository = open(Known.NONE).repository()) {
            repository.commit(Scene.define(1));
            then = repository.commit(Scene.enable(1, true)).model();
            repository.backup(BackupKind.BOOT);
            repository.commit(Scene.enable(1, false));
            repository.commit(Scene.configure(1, "since"));
            Committed committed = repository.commit(Scene.define(2));
            now = committed.model();
            last = committed.sequence();
        }
    }

    private Opened open(Known known) {
        return Repository.open(place, known, () -> Scene.WALL);
    }

    private static void assertSame(Model expected, Model actual) {
        assertEquals(Scene.text(expected), Scene.text(actual));
    }

    private static boolean anything(Opened opened) {
        return opened.findings().stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE);
    }

    @Test void restoredConfigurationIsThatOfTheBackupInANewEpoch() throws Exception {
        Known labels = new Known(last, true);
        try (Repository repository = open(labels).repository()) {
            Restored restored = repository.restore(BACKUP, 1000);
            assertSame(then, restored.committed().model());
            assertEquals(2, restored.committed().sequence().epoch());
            assertSame(then, now.with(restored.restoration().change()));
        }
        Opened again = open(labels);
        assertFalse(anything(again), again.findings().toString());
        assertSame(then, again.model());
        assertTrue(again.freshness().complete());
        // Every label of the epoch before is older.
        assertTrue(again.freshness().sequence().newerThan(last).orElseThrow());
        assertEquals("restore " + BACKUP, History.of(place).entries().getLast().change().what());
        assertEquals(1000, History.of(place).entries().getLast().change().by());
    }

    @Test void whatComesAfterARestoreIsRebuiltFromItsFirstBackupAndItsJournal() throws Exception {
        Model after;
        try (Repository repository = open(Known.NONE).repository()) {
            repository.restore(BACKUP, 0);
            after = repository.commit(Scene.configure(1, "after")).model();
        }
        Files.delete(place.database());
        Opened again = open(Known.NONE);
        assertSame(after, again.model());
        assertTrue(again.freshness().complete(), again.findings().toString());
    }

    @Test void withoutTheNewEpochsBackupTheLossIsTold() throws Exception {
        Sequence top;
        try (Repository repository = open(Known.NONE).repository()) {
            top = repository.restore(BACKUP, 0).committed().sequence();
        }
        Files.delete(place.database());
        Files.delete(place.backups().resolve("repository-boot-" + (last.number() + 1) + ".db"));
        Opened again = open(new Known(top, true));
        assertFalse(again.freshness().complete());
        assertTrue(again.findings().stream().anyMatch(f -> f.gravity() == Finding.Gravity.LOSS), again.findings().toString());
    }

    @Test void previewNamesEntitiesAndGroupsAndChangesNothing() throws Exception {
        try (Repository repository = open(Known.NONE).repository()) {
            List<String> lines = RestorationLines.of(repository.preview(BACKUP));
            assertEquals(List.of(
                    "svc:/test/s1:default: enabled",
                    "    general (admin): enabled = false -> true",
                    "    config (admin): deleted",
                    "svc:/test/s2: deleted",
                    "svc:/test/s2:default: deleted"), lines);
            assertSame(now, repository.model());
            assertEquals(last, repository.sequence());
        }
    }

    @Test void whatDoesNotFitIsRefusedAndNothingIsChanged() throws Exception {
        try (Repository repository = open(Known.NONE).repository()) {
            repository.commit(Scene.delete(1));
            repository.commit(Scene.delete(2));
            Map<String, String> files = files();
            repository.limitTo(1000);
            String refused = assertThrows(RefusedException.class, () -> repository.restore(BACKUP, 0)).getMessage();
            assertEquals("not restored: " + BACKUP + ": the configuration would become too large: it would need about 1 MiB of memory, and "
                    + "the manager has 1 MiB for it", refused);
            assertEquals(refused, assertThrows(RefusedException.class, () -> repository.preview(BACKUP)).getMessage());
            assertEquals(files, files());
            assertEquals(1, repository.sequence().epoch());
            repository.limitTo(1_000_000);
            repository.restore(BACKUP, 0);
        }
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Remains.read(place.database().getParent()).forEach((name, bytes) -> files.put(name, HexFormat.of().formatHex(bytes)));
        return files;
    }

    @Test void damagedAndUnknownBackupsAreRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(place.backups().resolve(BACKUP));
        bytes[bytes.length / 2] ^= 1;
        bytes[bytes.length - 100] ^= 1;
        Files.write(place.backups().resolve(BACKUP), bytes);
        try (Repository repository = open(Known.NONE).repository()) {
            assertTrue(assertThrows(RefusedException.class, () -> repository.restore(BACKUP, 0)).getMessage().startsWith("not restored: "));
            assertThrows(RefusedException.class, () -> repository.restore("../" + BACKUP, 0));
            assertThrows(RefusedException.class, () -> repository.restore("repository.db", 0));
            assertSame(now, repository.model());
        }
    }

    @Test void stoppedAtAnyOperationItIsTheOneOrTheOtherWhole() throws Exception {
        boolean finished = false;
        for (int n = 0; !finished; n++) {
            history();
            Repository repository = open(Known.NONE).repository();
            disk.begin(FaultyDisk.Fault.STOP, n, 1);
            try {
                repository.restore(BACKUP, 0);
                finished = true;
            } catch (FaultyDisk.StoppedError _) {
                // As good a time as any.
            }
            disk.end();
            assertOneOrTheOther("stopped at operation " + n);
        }
    }

    @Test void eachOperationFailingOnceItIsTheOneOrTheOtherAndTheAnswerIsTrue() throws Exception {
        history();
        Repository first = open(Known.NONE).repository();
        int before = disk.operations();
        first.restore(BACKUP, 0);
        int operations = disk.operations() - before;
        for (FaultyDisk.Fault fault : List.of(FaultyDisk.Fault.FULL, FaultyDisk.Fault.READ_ONLY, FaultyDisk.Fault.SYNC)) {
            for (int n = 0; n < operations; n++) {
                history();
                Repository repository = open(Known.NONE).repository();
                disk.begin(fault, n, 1);
                Optional<Boolean> restored;
                try {
                    repository.restore(BACKUP, 0);
                    restored = Optional.of(true);
                } catch (RefusedException _) {
                    restored = Optional.of(false);
                } catch (OutcomeUnknownException _) {
                    restored = Optional.empty();
                }
                disk.end();
                String what = fault + " at operation " + n + ": " + restored;
                Map<String, String> found = assertOneOrTheOther(what);
                restored.ifPresent(r -> assertEquals(Scene.text(r ? then : now), found, what));
            }
        }
    }

    private Map<String, String> assertOneOrTheOther(String what) throws IOException {
        Opened again = open(new Known(last, true));
        Map<String, String> found = Scene.text(again.model());
        assertTrue(found.equals(Scene.text(then)) || found.equals(Scene.text(now)), () -> what + ": " + found.keySet());
        assertTrue(again.freshness().complete(), () -> what + again.findings());
        again.repository().close();
        Opened third = open(new Known(last, true));
        assertFalse(anything(third), () -> what + third.findings());
        assertEquals(found, Scene.text(third.model()), what);
        third.repository().close();
        return found;
    }
}
