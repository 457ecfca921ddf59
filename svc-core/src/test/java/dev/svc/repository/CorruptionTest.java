package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository at rest, damaged in every way we can think of while no manager lives.
///
/// The promise: what was acknowledged is there as long as one of journal, database rows or a later backup has it; what is not there is
/// never missing in silence; and what was mended stays mended.
class CorruptionTest {
    private static final int PAGE = 4096;
    private static final int SERVICES = 8;

    @TempDir Path directory;
    private int stage;
    private Place place;

    /// A repository at rest.
    ///
    /// @param files the content of each, by path below its directory
    private record Rest(Map<String, byte[]> files, Map<String, String> model, Sequence sequence) {
        byte[] database() {
            return files.get("repository.db");
        }

        /// The same with another database; empty: without one.
        Rest with(Optional<byte[]> database) {
            Map<String, byte[]> changed = new TreeMap<>(files);
            changed.remove("repository.db");
            database.ifPresent(bytes -> changed.put("repository.db", bytes));
            return new Rest(changed, model, sequence);
        }

        Rest without(String part) {
            Map<String, byte[]> left = new TreeMap<>(files);
            left.keySet().removeIf(name -> name.startsWith(part));
            return new Rest(left, model, sequence);
        }
    }

    @BeforeEach void newPlace() {
        place = Place.below(directory.resolve("stage" + stage++), new FaultyDisk());
    }

    /// Imports some services, makes a backup, changes this and that.
    private Rest rest(Optional<BackupKind> backup) throws Exception {
        newPlace();
        Opened opened = Repository.open(place, Known.NONE, () -> Scene.WALL);
        try (Repository repository = opened.repository()) {
            for (int i = 1; i <= SERVICES; i++) {
                repository.commit(Scene.define(i));
            }
            if (backup.isPresent()) {
                repository.backup(backup.get());
            }
            repository.commit(Scene.enable(1, true));
            repository.commit(Scene.configure(2, "long ".repeat(800)));
            repository.commit(Scene.configure(5, "longer ".repeat(580)));
            repository.commit(Scene.delete(3));
            repository.commit(Scene.enable(4, true));
            repository.commit(Scene.configure(2, "short"));
            Committed last = repository.commit(Scene.enable(4, false));
            return new Rest(files(), Scene.text(last.model()), last.sequence());
        }
    }

    private Map<String, byte[]> files() throws IOException {
        Path root = place.database().getParent();
        Map<String, byte[]> files = new TreeMap<>();
        try (var walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private Opened open(Rest rest) throws IOException {
        newPlace();
        for (Map.Entry<String, byte[]> file : rest.files.entrySet()) {
            Path path = place.database().resolveSibling(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return openAgain(rest.sequence);
    }

    private Opened openAgain(Sequence known) {
        return Repository.open(place, new Known(known, true), () -> Scene.WALL);
    }

    private static boolean anything(Opened opened) {
        return opened.findings().stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE);
    }

    /// Everything is there, and after this start all is well.
    private void assertWhole(Rest rest, String damage) throws IOException {
        Opened opened = open(rest);
        assertEquals(rest.model, Scene.text(opened.model()), damage);
        assertTrue(opened.freshness().complete(), damage + opened.findings());
        assertEquals(rest.sequence, opened.freshness().sequence(), damage);
        assertEquals(anything(opened), opened.report().isPresent(), damage);
        opened.repository().close();
        Opened again = openAgain(rest.sequence);
        assertFalse(anything(again), () -> damage + again.findings());
        assertEquals(rest.model, Scene.text(again.model()), damage);
    }

    /// Whatever is missing, it is said; and once that is accepted, all is well. Yields how many rows are missing.
    private int assertNothingInSilence(Rest rest, String damage) throws Exception {
        Opened opened = open(rest);
        Map<String, String> model = Scene.text(opened.model());
        if (!model.equals(rest.model)) {
            assertFalse(opened.freshness().complete(), damage);
            assertTrue(opened.findings().stream().anyMatch(f -> f.gravity() == Finding.Gravity.LOSS), damage + opened.findings());
            assertTrue(opened.report().isPresent(), damage);
        }
        if (!opened.freshness().complete()) {
            opened.repository().close();
            Opened again = openAgain(rest.sequence);
            assertFalse(again.freshness().complete(), damage);
            assertEquals(model, Scene.text(again.model()), damage);
            Committed committed = again.repository().commit(Scene.enable(9, true));
            assertTrue(committed.sequence().newerThan(rest.sequence).orElseThrow(), damage);
            again.repository().reconciled();
            again.repository().close();
            Opened third = openAgain(rest.sequence);
            assertFalse(anything(third), () -> damage + third.findings());
            assertTrue(third.freshness().complete(), damage);
            third.repository().close();
        }
        return (int) rest.model.entrySet().stream().filter(e -> !e.getValue().equals(model.get(e.getKey()))).count();
    }

    /// A damaged database and what was done to it.
    private record Damage(String what, Optional<byte[]> database) {}

    private static List<Damage> damages(byte[] database, int flipsPerPage, Random random) {
        List<Damage> damages = new ArrayList<>();
        damages.add(new Damage("missing", Optional.empty()));
        damages.add(new Damage("empty", Optional.of(new byte[0])));
        byte[] garbage = new byte[database.length];
        random.nextBytes(garbage);
        damages.add(new Damage("garbage", Optional.of(garbage)));
        byte[] longer = Arrays.copyOf(database, database.length + 1000);
        damages.add(new Damage("longer", Optional.of(longer)));
        for (int cut = PAGE; cut < database.length; cut += PAGE) {
            damages.add(new Damage("cut at " + cut, Optional.of(Arrays.copyOf(database, cut))));
        }
        for (int page = 0; page < database.length; page += PAGE) {
            damages.add(new Damage("cut within page " + page / PAGE,
                    Optional.of(Arrays.copyOf(database, page + 1 + random.nextInt(PAGE - 1)))));
            byte[] zeroed = database.clone();
            Arrays.fill(zeroed, page, page + PAGE, (byte) 0);
            damages.add(new Damage("page " + page / PAGE + " zeroed", Optional.of(zeroed)));
            byte[] swapped = database.clone();
            int other = random.nextInt(database.length / PAGE) * PAGE;
            System.arraycopy(database, other, swapped, page, PAGE);
            System.arraycopy(database, page, swapped, other, PAGE);
            damages.add(new Damage("pages " + page / PAGE + " and " + other / PAGE + " swapped", Optional.of(swapped)));
            for (int i = 0; i < flipsPerPage; i++) {
                byte[] flipped = database.clone();
                int at = page + random.nextInt(PAGE);
                int bit = random.nextInt(8);
                flipped[at] ^= (byte) (1 << bit);
                damages.add(new Damage("bit " + bit + " of byte " + at + " flipped", Optional.of(flipped)));
            }
        }
        return damages;
    }

    private static Random random() {
        return new Random(Long.getLong("svc.seed", 20261123));
    }

    @Test void damagedDatabaseIsRebuiltFromBackupAndJournal() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        for (Damage damage : damages(rest.database(), Integer.getInteger("svc.flips", 3), random())) {
            assertWhole(rest.with(damage.database), damage.what);
        }
    }

    @Test void damagedDatabaseIsRebuiltFromTheJournalAlone() throws Exception {
        Rest rest = rest(Optional.empty());
        for (Damage damage : damages(rest.database(), 1, random())) {
            assertWhole(rest.with(damage.database), damage.what);
        }
    }

    @Test void damagedDatabaseWithoutItsJournalLosesNothingInSilence() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT)).without("journal");
        for (Damage damage : damages(rest.database(), 1, random())) {
            assertNothingInSilence(rest.with(damage.database), damage.what);
        }
    }

    @Test void damagedDatabaseAloneKeepsTheRowsOfEveryOtherPage() throws Exception {
        Rest rest = rest(Optional.empty()).without("journal");
        int all = rest.model.size();
        for (Damage damage : damages(rest.database(), 1, random())) {
            int missing = assertNothingInSilence(rest.with(damage.database), damage.what);
            boolean onePage = damage.what.contains("flipped") || damage.what.contains("zeroed") || damage.what.equals("longer");
            assertTrue(!onePage || missing <= all / 2, damage.what + " cost " + missing + " of " + all + " rows");
        }
    }

    @Test void everyFileGoneIsALossTheRootKnowsOf() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        assertNothingInSilence(rest.without(""), "everything");
    }

    @Test void soundDatabaseOutlivesItsJournalAndItsBackups() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        assertWhole(rest.without("journal"), "journal");
        assertWhole(rest.without("backup"), "backups");
        assertWhole(rest.without("journal").without("backup"), "journal and backups");
    }

    @Test void damagedBackupsAreReportedAndPassedOver() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        String backup = rest.files.keySet().stream().filter(n -> n.startsWith("backup")).findFirst().orElseThrow();
        byte[] flipped = rest.files.get(backup).clone();
        flipped[flipped.length - 50] ^= 4;
        rest.files.put(backup, flipped);
        Rest damaged = rest.with(Optional.empty());
        Opened opened = open(damaged);
        assertTrue(opened.findings().stream().anyMatch(f -> backup.endsWith(f.where())), opened.findings().toString());
        assertWhole(damaged, "backup");
        String beginning = rest.files.keySet().stream().filter(n -> n.startsWith("journal")).findFirst().orElseThrow();
        assertTrue(assertNothingInSilence(damaged.without(beginning), "backup and beginning of the journal") > 0);
    }

    @Test void journalDamagedAnywhereCostsASoundDatabaseNothing() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        Random random = random();
        List<String> segments = rest.files.keySet().stream().filter(n -> n.startsWith("journal")).toList();
        for (String segment : segments) {
            byte[] whole = rest.files.get(segment);
            for (int i = 0; i < 12; i++) {
                Rest damaged = rest.with(Optional.of(rest.database()));
                byte[] bytes = whole.clone();
                int at = random.nextInt(whole.length);
                if (random.nextBoolean()) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                } else {
                    bytes = Arrays.copyOf(bytes, at);
                }
                damaged.files.put(segment, bytes);
                assertWhole(damaged, segment + " at " + at);
            }
        }
    }

    @Test void everyCombinationOfDamageIsNeverSilent() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        Random random = random();
        List<String> names = List.copyOf(rest.files.keySet());
        for (int i = 0; i < 40; i++) {
            Rest damaged = rest.with(Optional.of(rest.database()));
            StringBuilder what = new StringBuilder();
            for (String name : names) {
                byte[] bytes = damaged.files.get(name).clone();
                int at = random.nextInt(bytes.length);
                switch (random.nextInt(5)) {
                    case 0 -> damaged.files.remove(name);
                    case 1 -> damaged.files.put(name, Arrays.copyOf(bytes, at));
                    case 2, 3 -> {
                        bytes[at] ^= (byte) (1 << random.nextInt(8));
                        damaged.files.put(name, bytes);
                    }
                    default -> at = -1;
                }
                what.append(name).append(at >= 0 ? " at " + at + "; " : " whole; ");
            }
            assertNothingInSilence(damaged, what.toString());
        }
    }

    @Test void olderCopiesAreNoticed() throws Exception {
        newPlace();
        Opened opened = Repository.open(place, Known.NONE, () -> Scene.WALL);
        Map<String, byte[]> before;
        Rest rest;
        try (Repository repository = opened.repository()) {
            repository.commit(Scene.define(1));
            repository.commit(Scene.define(2));
            before = files();
            repository.commit(Scene.enable(1, true));
            repository.commit(Scene.delete(2));
            Committed last = repository.commit(Scene.define(4));
            rest = new Rest(files(), Scene.text(last.model()), last.sequence());
        }
        Predicate<String> database = name -> name.equals("repository.db");
        Predicate<String> journal = name -> name.startsWith("journal");
        assertWhole(mixed(rest, before, database), "older database");
        assertWhole(mixed(rest, before, journal), "older journal");
        Rest older = mixed(rest, before, database.or(journal));
        assertTrue(assertNothingInSilence(older, "older everything") > 0);
        Opened noticed = open(older);
        assertEquals("[3..5]", noticed.freshness().lost().toString());
    }

    private static Rest mixed(Rest rest, Map<String, byte[]> before, Predicate<String> older) {
        Rest mixed = rest.with(Optional.of(rest.database()));
        before.forEach((name, bytes) -> {
            if (older.test(name)) {
                mixed.files.put(name, bytes);
            }
        });
        return mixed;
    }

    @Test void transactionInterruptedInTheMiddleIsRolledBackOrReplayed() throws Exception {
        Rest rest = rest(Optional.of(BackupKind.BOOT));
        Rest interrupted = interrupted(rest);
        assertWhole(interrupted, "hot journal");
        // The same journal beside a database that it does not belong to.
        for (Damage damage : damages(rest.database(), 1, random())) {
            Rest both = interrupted.with(damage.database);
            Opened opened = open(both);
            assertEquals(rest.model, Scene.text(opened.model()), damage.what);
            assertTrue(opened.freshness().complete(), damage.what);
            opened.repository().close();
            assertFalse(anything(openAgain(rest.sequence)), damage.what);
        }
    }

    /// The files as a machine leaves them that stops while SQLite writes back pages.
    private Rest interrupted(Rest rest) throws Exception {
        open(rest);
        Path file = place.database();
        try (var database = place.disk().connect(file, Disk.Access.WRITE); var statement = database.createStatement()) {
            statement.execute("PRAGMA cache_size=2");
            statement.execute("PRAGMA cache_spill=1");
            database.setAutoCommit(false);
            statement.executeUpdate("UPDATE property_group SET content = content || hex(zeroblob(2000))");
            Map<String, byte[]> files = new TreeMap<>(rest.files);
            files.put("repository.db", Files.readAllBytes(file));
            files.put("repository.db-journal", Files.readAllBytes(DatabaseWriter.journalOf(file)));
            database.rollback();
            assertFalse(Arrays.equals(files.get("repository.db"), rest.database()));
            return new Rest(files, rest.model, rest.sequence);
        }
    }
}
