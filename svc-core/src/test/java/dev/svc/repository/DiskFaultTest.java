package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.repository.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A living repository on a disk that fails: full, read-only, failing fsync, stopped between any two operations.
class DiskFaultTest {
    @TempDir Path directory;
    private int stage;
    private FaultyDisk disk;
    private Place place;

    @BeforeEach void newPlace() {
        disk = new FaultyDisk();
        place = Place.below(directory.resolve("stage" + stage++), disk);
    }

    private Opened open() {
        return Repository.open(place, Known.NONE, () -> Scene.WALL);
    }

    private static boolean anything(Opened opened) {
        return opened.findings().stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE);
    }

    private List<Path> segments() throws IOException {
        return new LocalDisk().list(place.journal());
    }

    private void assertFoundAgain(Model expected) {
        Opened again = open();
        assertEquals(Scene.text(expected), Scene.text(again.model()));
        assertTrue(again.freshness().complete());
        again.repository().close();
        assertFalse(anything(open()));
    }

    @Test void fullDiskRefusesAChangeAndHealsByItself() throws Exception {
        Repository repository = open().repository();
        Committed before = repository.commit(Scene.define(1));
        disk.begin(Fault.FULL);
        RefusedException refused = assertThrows(RefusedException.class, () -> repository.commit(Scene.enable(1, true)));
        assertEquals("the change cannot be recorded: No space left on device", refused.getMessage());
        assertEquals(Optional.of(refused.getMessage()), repository.refusing());
        assertEquals(before.sequence(), repository.sequence());
        assertEquals(Optional.of(false), repository.model().enabled(Scene.instance(1)));
        disk.end();
        Committed after = repository.commit(Scene.enable(1, true));
        assertEquals(2, after.sequence().number());
        assertEquals(Optional.empty(), repository.refusing());
        repository.close();
        assertFoundAgain(after.model());
    }

    @Test void refusedGroupLeavesNotEvenItsFirstChangeInTheJournal() throws Exception {
        Repository repository = open().repository();
        Committed committed = repository.commit(Scene.define(1));
        Path segment = place.journal().resolve(Epoch.of(committed.sequence()) + "-1.jsonl");
        byte[] before = Files.readAllBytes(segment);
        disk.begin(Fault.FULL);
        // The half that the disk takes holds the first line whole.
        List<Change> group = List.of(Scene.enable(1, true), Scene.configure(1, "x".repeat(4000)));
        assertThrows(RefusedException.class, () -> repository.commit(group));
        disk.end();
        assertArrayEquals(before, Files.readAllBytes(segment));
        assertFoundAgain(committed.model());
    }

    @Test void databaseThatCannotGrowIsMadeUpForByTheJournal() throws Exception {
        Repository repository = open().repository();
        repository.commit(Scene.define(1));
        disk.only(file -> file.toString().endsWith(".db") || file.toString().endsWith(".db.new"));
        disk.begin(Fault.FULL);
        // The connection that is open knows nothing of the limit.
        Files.setLastModifiedTime(place.database(), java.nio.file.attribute.FileTime.fromMillis(1));
        List<Finding> findings = new ArrayList<>();
        for (int i = 2; i < 8; i++) {
            findings.addAll(repository.commit(Scene.define(i)).findings());
        }
        assertEquals(1, findings.size(), findings.toString());
        Model expected = repository.model();
        // Killed while it is so: nothing is lost.
        disk.end();
        Opened killed = open();
        assertEquals(Scene.text(expected), Scene.text(killed.model()));
        killed.repository().close();
    }

    @Test void databaseThatCouldNotGrowCatchesUp() throws Exception {
        Repository repository = open().repository();
        repository.commit(Scene.define(1));
        disk.only(file -> file.toString().endsWith(".db") || file.toString().endsWith(".db.new"));
        disk.begin(Fault.FULL);
        Files.setLastModifiedTime(place.database(), java.nio.file.attribute.FileTime.fromMillis(1));
        repository.commit(Scene.define(2));
        repository.commit(Scene.define(3));
        disk.end();
        Model expected = repository.commit(Scene.delete(1)).model();
        assertEquals(List.of(), repository.scrub().findings());
        repository.close();
        Opened again = open();
        assertEquals(List.of(), again.findings());
        assertEquals(Scene.text(expected), Scene.text(again.model()));
    }

    @Test void failedSyncGoesToANewSegment() throws Exception {
        Repository repository = open().repository();
        repository.commit(Scene.define(1));
        disk.only(file -> file.startsWith(place.journal()));
        // Of an append the write is the first operation and the fsync the second.
        disk.begin(Fault.SYNC, 1, 1);
        Committed committed = repository.commit(Scene.enable(1, true));
        disk.end();
        assertEquals(2, segments().size());
        committed = repository.commit(Scene.define(2));
        repository.close();
        Files.delete(place.database());
        Opened again = open();
        assertEquals("V1:DAMAGE", Scene.levels(again.findings()));
        assertEquals(Scene.text(committed.model()), Scene.text(again.model()));
    }

    @Test void syncThatFailsEverywhereLeavesTheOutcomeUnknownUntilItIsSettled() throws Exception {
        Repository repository = open().repository();
        repository.commit(Scene.define(1));
        disk.only(file -> file.startsWith(place.journal()));
        disk.begin(Fault.SYNC_AND_TRUNCATE);
        assertThrows(OutcomeUnknownException.class, () -> repository.commit(Scene.enable(1, true)));
        assertEquals(Optional.of(false), repository.model().enabled(Scene.instance(1)));
        RefusedException refused = assertThrows(RefusedException.class, () -> repository.commit(Scene.define(2)));
        assertTrue(refused.getMessage().contains("the outcome of an earlier one is unknown"), refused.getMessage());
        disk.end();
        Committed committed = repository.commit(Scene.define(2));
        assertEquals(3, committed.sequence().number());
        repository.close();
        // The doubtful change was cut away: it does not turn up in front of a later one, though the journal is all there is.
        Files.delete(place.database());
        assertFoundAgain(committed.model());
    }

    @Test void changeInANewSegmentIsNotAcknowledgedBeforeItsNameIsDurable() throws Exception {
        Repository repository = open().repository();
        repository.commit(Scene.define(1));
        // After a backup the next change begins a segment.
        repository.backup(BackupKind.DAILY);
        disk.only(place.journal()::equals);
        disk.begin(Fault.SYNC);
        assertThrows(OutcomeUnknownException.class, () -> repository.commit(Scene.enable(1, true)));
        disk.end();
        repository.commit(Scene.define(2));
        // Here it is begun since the present one cannot be synced.
        Path present = segments().getLast();
        disk.only(file -> file.equals(place.journal()) || file.equals(present));
        disk.begin(Fault.SYNC);
        assertThrows(OutcomeUnknownException.class, () -> repository.commit(Scene.enable(1, true)));
        disk.end();
        Committed committed = repository.commit(Scene.define(3));
        repository.close();
        assertFoundAgain(committed.model());
    }

    @Test void segmentThatIsBegunIsNotThereBeforeItsNameIsDurable() throws Exception {
        disk.only(place.journal()::equals);
        disk.begin(Fault.SYNC);
        Opened opened = open();
        assertEquals("DISK:DAMAGE", Scene.levels(opened.findings()));
        disk.end();
        Committed committed = opened.repository().commit(Scene.define(1));
        opened.repository().close();
        assertFoundAgain(committed.model());
    }

    @Test void copyThatIsNotWhatWasCopiedIsNoBackup() throws Exception {
        Repository repository = open().repository();
        repository.commit(Scene.define(1));
        disk.begin(Fault.MISCOPY);
        assertThrows(RefusedException.class, () -> repository.backup(BackupKind.DAILY));
        assertEquals(List.of(), repository.copies());
        disk.end();
        assertTrue(repository.backup(BackupKind.DAILY).isPresent());
        assertEquals(1, repository.copies().size());
    }

    @Test void readOnlyDiskIsOpenedFromMemoryAndRefuses() throws Exception {
        Repository first = open().repository();
        Committed committed = first.commit(Scene.define(1));
        first.close();
        disk.begin(Fault.READ_ONLY);
        Opened opened = open();
        assertEquals(Scene.text(committed.model()), Scene.text(opened.model()));
        assertThrows(RefusedException.class, () -> opened.repository().commit(Scene.enable(1, true)));
        assertThrows(RefusedException.class, () -> opened.repository().backup(BackupKind.DAILY));
        opened.repository().scrub();
        disk.end();
        Committed after = opened.repository().commit(Scene.enable(1, true));
        opened.repository().close();
        assertFoundAgain(after.model());
    }

    @Test void damagedDatabaseOnAReadOnlyDiskLivesInMemory() throws Exception {
        Repository first = open().repository();
        Committed committed = first.commit(Scene.define(1));
        first.close();
        byte[] garbage = new byte[10_000];
        Files.write(place.database(), garbage);
        disk.begin(Fault.READ_ONLY);
        Opened opened = open();
        assertEquals("DISK:DAMAGE V1:DAMAGE", Scene.levels(opened.findings()));
        assertEquals(Scene.text(committed.model()), Scene.text(opened.model()));
        assertEquals(Optional.empty(), opened.report());
        assertThrows(RefusedException.class, () -> opened.repository().commit(Scene.enable(1, true)));
        assertArrayEquals(garbage, Files.readAllBytes(place.database()));
        disk.end();
        Committed after = opened.repository().commit(Scene.enable(1, true));
        assertFalse(opened.repository().disturbed());
        opened.repository().close();
        assertFoundAgain(after.model());
    }

    @Test void nothingCanBeWrittenAtTheVeryFirstStart() throws Exception {
        disk.begin(Fault.READ_ONLY);
        Opened opened = open();
        assertEquals("DISK:DAMAGE", Scene.levels(opened.findings()));
        assertEquals(List.of(), opened.model().instances());
        assertThrows(RefusedException.class, () -> opened.repository().commit(Scene.define(1)));
        disk.end();
        Committed after = opened.repository().commit(Scene.define(1));
        opened.repository().close();
        assertFoundAgain(after.model());
    }

    @Test void stoppedBeforeAnyOperationNothingAcknowledgedIsLost() {
        boolean finished = false;
        for (int n = 0; !finished; n++) {
            newPlace();
            DiskSession session = DiskSession.of(place, disk, Fault.STOP, n, 1);
            finished = session.finished();
            session.assertSurvived("stopped at operation " + n);
        }
    }

    @Test void stretchesOfFailureLoseNothingAcknowledged() {
        Random random = new Random(Long.getLong("svc.seed", 20261123));
        List<Fault> faults = List.of(Fault.FULL, Fault.SYNC, Fault.SYNC_AND_TRUNCATE, Fault.READ_ONLY);
        for (int i = 0; i < 30; i++) {
            newPlace();
            Fault fault = faults.get(random.nextInt(faults.size()));
            int from = random.nextInt(60);
            int count = 1 + random.nextInt(30);
            DiskSession.of(place, disk, fault, from, count).assertSurvived(fault + " at operations " + from + " to " + (from + count - 1));
        }
    }
}
