package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.property.ValueType;
import dev.svc.property.PropertyGroup;
import dev.svc.property.Property;
import dev.svc.model.LayerGroup;
import dev.svc.model.Layer;
import dev.svc.fmri.EntityFmri;
import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stories of one repository on a real disk.
class RepositoryTest {
    @TempDir Path state;
    private Place place;

    @BeforeEach void place() {
        place = Place.below(state.resolve("svc"));
    }

    private Opened open() {
        return Repository.open(place, Known.NONE, () -> Scene.WALL);
    }

    private Opened open(Sequence known) {
        return Repository.open(place, new Known(known, true), () -> Scene.WALL);
    }

    /// Opens, commits and closes.
    private Committed commit(Change... changes) throws Exception {
        try (Repository repository = open().repository()) {
            Committed last = null;
            for (Change change : changes) {
                last = repository.commit(change);
            }
            return last;
        }
    }

    private static void assertSame(Model expected, Model actual) {
        assertEquals(Scene.text(expected), Scene.text(actual));
    }

    @Test void firstStartIsEmptyCompleteAndSilent() {
        Opened opened = open();
        assertEquals(List.of(), opened.findings());
        assertTrue(opened.freshness().complete());
        assertEquals(List.of(), opened.model().instances());
        assertEquals(1, opened.freshness().sequence().epoch());
        assertEquals(Optional.empty(), opened.report());
    }

    @Test void whatMemoryCannotHoldIsRefusedAndWhatMakesRoomIsNot() throws Exception {
        try (Repository repository = open().repository()) {
            LayerGroup large = large("large");
            Committed before = repository.commit(Change.of("import", 0, List.of(large)));
            repository.limitTo(before.model().weight() + 1000);
            RefusedException refused = assertThrows(RefusedException.class,
                    () -> repository.commit(Change.of("import", 0, List.of(large("larger")))));
            assertEquals("the configuration would become too large: it would need about 3 MiB of memory, and the manager has 2 MiB for it",
                    refused.getMessage());
            assertSame(before.model(), repository.model());
            assertEquals(before.sequence(), repository.sequence());
            repository.limitTo(1000);
            repository.commit(new Change("delete", 0, List.of(), List.of(large.key()), List.of(), List.of()));
            assertEquals(0, repository.model().weight());
        }
    }

    private static LayerGroup large(String name) {
        return new LayerGroup(EntityFmri.parse("svc:/site/" + name), Layer.MANIFEST,
                new PropertyGroup("config", "application",
                        List.of(new Property("value", ValueType.ASTRING, Collections.nCopies(300, "x".repeat(4000))))));
    }

    @Test void whatWasCommittedIsThereAfterReopening() throws Exception {
        Committed committed = commit(Scene.define(1), Scene.define(2), Scene.enable(1, true), Scene.configure(2, "x"), Scene.delete(2));
        Opened again = open();
        assertEquals(List.of(), again.findings());
        assertSame(committed.model(), again.model());
        assertEquals(5, again.freshness().sequence().number());
        assertEquals(List.of(Scene.instance(1)), again.model().instances());
        assertEquals(Optional.of(true), again.model().enabled(Scene.instance(1)));
    }

    @Test void severalChangesAreOneWait() throws Exception {
        try (Repository repository = open().repository()) {
            Committed committed = repository.commit(List.of(Scene.define(1), Scene.enable(1, true), Scene.enable(1, false)));
            assertEquals(3, committed.sequence().number());
        }
        Opened again = open();
        assertEquals(List.of(), again.findings());
        assertEquals(Optional.of(false), again.model().enabled(Scene.instance(1)));
    }

    @Test void atRestThereIsOneFileAndOneSegment() throws Exception {
        commit(Scene.define(1));
        try (var files = Files.list(place.database().getParent())) {
            assertEquals(List.of("backup", "journal", "report", "repository.db"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        try (var files = Files.list(place.journal())) {
            assertEquals(1, files.count());
        }
    }

    @Test void killedBetweenJournalAndDatabaseIsReplayed() throws Exception {
        commit(Scene.define(1));
        byte[] before = Files.readAllBytes(place.database());
        Committed committed = commit(Scene.enable(1, true));
        Files.write(place.database(), before);
        Opened again = open();
        assertEquals("V4:NOTE", Scene.levels(again.findings()));
        assertTrue(again.freshness().complete());
        assertSame(committed.model(), again.model());
    }

    @Test void missingDatabaseIsRebuiltFromTheJournalAlone() throws Exception {
        Committed committed = commit(Scene.define(1), Scene.enable(1, true), Scene.define(3), Scene.delete(3));
        Files.delete(place.database());
        Opened again = open();
        assertEquals("V1:DAMAGE", Scene.levels(again.findings()));
        assertTrue(again.freshness().complete());
        assertSame(committed.model(), again.model());
        assertEquals(committed.sequence(), again.freshness().sequence());
        assertTrue(Files.readString(again.report().orElseThrow()).contains("4 changes replayed"));
        again.repository().close();
        assertEquals(List.of(), open().findings());
    }

    @Test void missingDatabaseIsRebuiltFromBackupAndJournal() throws Exception {
        Committed committed;
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            for (int i = 0; i < 5; i++) {
                repository.commit(Scene.configure(1, "text " + i));
                repository.backup(BackupKind.DAILY);
            }
            committed = repository.commit(Scene.enable(1, true));
        }
        try (var files = Files.list(place.backups())) {
            assertEquals(4, files.count());
        }
        Files.delete(place.database());
        Opened again = open();
        assertTrue(again.freshness().complete());
        assertSame(committed.model(), again.model());
        assertTrue(Files.readString(again.report().orElseThrow()).contains("repository-daily-6.db, as of change 6"));
    }

    @Test void everythingGoneButARootThatRemembersIsALoss() throws Exception {
        Committed committed = commit(Scene.define(1), Scene.enable(1, true));
        Files.delete(place.database());
        for (Path segment : segments()) {
            Files.delete(segment);
        }
        Opened again = open(committed.sequence());
        assertEquals("V1:DAMAGE V4:LOSS", Scene.levels(again.findings()));
        assertFalse(again.freshness().complete());
        assertEquals("[1..2]", again.freshness().lost().toString());
        assertEquals(committed.sequence().epochSuffix(), again.freshness().sequence().epochSuffix());
        // Killed before takeover finished: still not complete.
        again.repository().close();
        Opened third = open(committed.sequence());
        assertFalse(third.freshness().complete());
        assertEquals(3, third.repository().commit(Scene.define(1)).sequence().number());
        third.repository().reconciled();
        third.repository().close();
        Opened fourth = open(committed.sequence());
        assertEquals(List.of(), fourth.findings());
        assertTrue(fourth.freshness().complete());
    }

    @Test void acceptedLossIsNotFoundAgain() throws Exception {
        Committed committed = commit(Scene.define(1));
        try (Repository repository = open(committed.sequence().withNumber(5)).repository()) {
            repository.reconciled();
        }
        Opened again = open(committed.sequence().withNumber(5));
        assertEquals(List.of(), again.findings());
        assertEquals(6, again.repository().commit(Scene.define(2)).sequence().number());
    }

    @Test void numbersOfLostChangesAreNotGivenAgainThoughNobodyElseRemembersThem() throws Exception {
        commit(Scene.define(1), Scene.enable(1, true));
        Files.delete(place.database());
        byte[] journal = Files.readAllBytes(segments().getFirst());
        journal[journal.length - 10] ^= 1;
        Files.write(segments().getFirst(), journal);
        Opened again = open();
        assertEquals("[2]", again.freshness().lost().toString());
        assertEquals(3, again.repository().commit(Scene.define(2)).sequence().number());
    }

    @Test void tornLastLineIsCutAwayBeforeItsSegmentIsContinued() throws Exception {
        commit(Scene.define(1));
        Path segment = segments().getFirst();
        String line = Files.readString(segment);
        Files.writeString(segment, line + line.substring(0, line.length() / 2));
        commit(Scene.enable(1, true));
        assertEquals(List.of(segment), segments());
        assertEquals(List.of(), open().findings());
    }

    @Test void olderCopyOfTheDatabaseIsNoticedAndMadeUpFor() throws Exception {
        commit(Scene.define(1));
        byte[] before = Files.readAllBytes(place.database());
        Repository repository = Repository.open(place, Known.NONE, new Clock()::next).repository();
        repository.commit(Scene.enable(1, true));
        Committed committed = repository.commit(Scene.define(2));
        repository.close();
        Files.write(place.database(), before);
        Opened again = open();
        assertEquals("V4:DAMAGE", Scene.levels(again.findings()));
        assertSame(committed.model(), again.model());
        assertTrue(again.freshness().complete());
    }

    @Test void olderCopyOfTheJournalIsNoticed() throws Exception {
        commit(Scene.define(1));
        Path segment = segments().getFirst();
        byte[] before = Files.readAllBytes(segment);
        Committed committed = commit(Scene.enable(1, true), Scene.define(2));
        Files.write(segment, before);
        Opened again = open();
        assertEquals("V4:DAMAGE", Scene.levels(again.findings()));
        assertSame(committed.model(), again.model());
        again.repository().close();
        assertEquals(List.of(), open().findings());
    }

    @Test void olderCopyOfEverythingIsNoticedByTheRoot() throws Exception {
        Committed first = commit(Scene.define(1));
        byte[] database = Files.readAllBytes(place.database());
        byte[] journal = Files.readAllBytes(segments().getFirst());
        Committed last = commit(Scene.enable(1, true), Scene.define(2));
        Files.write(place.database(), database);
        Files.write(segments().getFirst(), journal);
        Opened again = open(last.sequence());
        assertEquals("V4:LOSS", Scene.levels(again.findings()));
        assertEquals("[2..3]", again.freshness().lost().toString());
        assertEquals(first.sequence(), again.freshness().sequence());
        assertEquals(1L, again.freshness().decided().get(Scene.instance(1)));
        assertEquals(4, again.repository().commit(Scene.define(3)).sequence().number());
    }

    @Test void foreignEditOfARowIsUndone() throws Exception {
        Committed committed = commit(Scene.define(1), Scene.enable(1, true));
        try (var database = place.disk().connect(place.database(), Disk.Access.WRITE); var statement = database.createStatement()) {
            statement.executeUpdate("UPDATE property_group SET content=replace(content, 'true', 'false') WHERE layer='admin'");
        }
        Opened again = open();
        assertEquals("V2:DAMAGE V3:DAMAGE", Scene.levels(again.findings()));
        assertSame(committed.model(), again.model());
    }

    @Test void databaseDeletedUnderALivingManagerIsWrittenAgain() throws Exception {
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            Files.delete(place.database());
            assertTrue(repository.disturbed());
            Committed committed = repository.commit(Scene.enable(1, true));
            assertEquals("V1:DAMAGE", Scene.levels(committed.findings()));
            assertFalse(repository.disturbed());
            assertEquals(List.of(), repository.scrub().findings());
        }
        assertEquals(List.of(), open().findings());
    }

    @Test void damageUnderALivingManagerIsFoundByScrub() throws Exception {
        List<byte[]> damages = List.of(new byte[0], "garbage".repeat(3000).getBytes(StandardCharsets.UTF_8));
        for (byte[] damage : damages) {
            try (Repository repository = open().repository()) {
                repository.commit(Scene.define(1));
                Files.write(place.database(), damage);
                assertTrue(repository.disturbed());
                Scrubbed scrubbed = repository.scrub();
                assertEquals("V1:DAMAGE", Scene.levels(scrubbed.findings()));
                assertTrue(scrubbed.report().isPresent());
                assertFalse(repository.disturbed());
                assertEquals(List.of(), repository.scrub().findings());
            }
            assertEquals(List.of(), open().findings());
        }
    }

    @Test void olderCopyAndForeignEditUnderALivingManagerAreUndone() throws Exception {
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            byte[] older = Files.readAllBytes(place.database());
            repository.commit(Scene.enable(1, true));
            Files.write(place.database(), older);
            assertEquals("V4:DAMAGE", Scene.levels(repository.commit(Scene.define(2)).findings()));
            try (var database = place.disk().connect(place.database(), Disk.Access.WRITE);
                    var statement = database.createStatement()) {
                statement.executeUpdate("DELETE FROM property_group WHERE layer='admin'");
            }
            assertEquals("V3:DAMAGE", Scene.levels(repository.scrub().findings()));
            assertEquals(List.of(), repository.scrub().findings());
        }
        Opened again = open();
        assertEquals(List.of(), again.findings());
        assertEquals(Optional.of(true), again.model().enabled(Scene.instance(1)));
    }

    @Test void readerInTheWayDelaysTheDatabaseNotTheChange() throws Exception {
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            try (var reader = place.disk().connect(place.database(), Disk.Access.WRITE); var statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                statement.executeQuery("SELECT count(*) FROM property_group").next();
                Committed committed = repository.commit(Scene.enable(1, true));
                assertEquals("DISK:NOTE", Scene.levels(committed.findings()));
                assertEquals(Optional.of(true), committed.model().enabled(Scene.instance(1)));
                reader.rollback();
            }
            assertEquals(List.of(), repository.commit(Scene.define(2)).findings());
            assertEquals(List.of(), repository.scrub().findings());
        }
        assertEquals(List.of(), open().findings());
    }

    @Test void startWithoutNewsWritesNothing() throws Exception {
        commit(Scene.define(1), Scene.enable(1, true));
        var before = Files.getLastModifiedTime(place.database());
        open().repository().close();
        assertEquals(before, Files.getLastModifiedTime(place.database()));
    }

    @Test void changesOfANewerEpochOutrankTheBase() throws Exception {
        Committed committed = commit(Scene.define(1));
        Sequence newer = new Sequence(2, "ffffffff", 7);
        Opened opened = open(newer);
        assertFalse(opened.freshness().complete());
        assertEquals(committed.sequence(), opened.freshness().sequence());
        Committed next = opened.repository().commit(Scene.enable(1, true));
        assertEquals(newer.withNumber(8), next.sequence());
        opened.repository().reconciled();
        opened.repository().close();
        Opened again = open(newer);
        assertEquals(List.of(), again.findings());
        assertSame(next.model(), again.model());
        again.repository().close();
        Files.delete(place.database());
        assertSame(next.model(), open(newer).model());
    }

    @Test void journalDeletedUnderALivingManagerIsBegunAnew() throws Exception {
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            Files.delete(segments().getFirst());
            assertTrue(repository.disturbed());
            Committed committed = repository.commit(Scene.enable(1, true));
            assertEquals("JOURNAL:DAMAGE", Scene.levels(committed.findings()));
            Files.delete(segments().getFirst());
            assertEquals("V4:DAMAGE", Scene.levels(repository.scrub().findings()));
            assertEquals(List.of(), repository.scrub().findings());
        }
        assertEquals(List.of(), open().findings());
    }

    @Test void journalSegmentsOlderThanEveryBackupAreDropped() throws Exception {
        try (Repository repository = open().repository()) {
            for (int i = 1; i <= 6; i++) {
                repository.commit(Scene.define(i));
                repository.backup(BackupKind.MANIFEST_IMPORT);
            }
        }
        // The oldest backup kept is of change 3: it needs the segments of 4, 5 and 6.
        assertEquals(3, segments().size());
        Files.delete(place.database());
        Opened again = open();
        assertTrue(again.freshness().complete());
        assertEquals(6, again.model().instances().size());
    }

    @Test void changeWithoutRowsIsAChangeEverywhere() throws Exception {
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            repository.commit(Change.of("only said", 0, List.of()));
            assertEquals(List.of(), repository.verify());
            assertTrue(repository.backup(BackupKind.BOOT).orElseThrow().endsWith("repository-boot-2.db"));
        }
        Opened again = open();
        assertEquals(List.of(), again.findings());
        assertEquals(2, again.freshness().sequence().number());
    }

    @Test void secondBackupOfTheSameSequenceIsNotMade() throws Exception {
        try (Repository repository = open().repository()) {
            repository.commit(Scene.define(1));
            assertTrue(repository.backup(BackupKind.BOOT).isPresent());
            assertTrue(repository.backup(BackupKind.BOOT).isEmpty());
            assertTrue(repository.backup(BackupKind.DAILY).isPresent());
        }
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(place.journal())) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    /// Each look at it is a second later.
    private static final class Clock {
        private java.time.Instant now = Scene.WALL;

        java.time.Instant next() {
            now = now.plusSeconds(1);
            return now;
        }
    }
}
