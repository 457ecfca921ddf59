package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Sequence;
import dev.svc.repository.Damage.Kind;
import dev.svc.repository.FaultyDisk.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of damage × state of the manager × what else survives, many of each; and the table of docs/recovery.md, generated from
/// what happened.
///
/// The promise: no damage goes unnoticed that has an effect; nothing acknowledged is lost while any one of journal, rows of the
/// database, a later backup or live memory has it; what is lost is told; what was mended stays mended.
///
/// `-Dsvc.faults=N` makes about N times as many, `-Dsvc.seed=S` others, `-Dsvc.matrix=write` writes the table instead of comparing it.
class FaultMatrixTest {
    private static final int SERVICES = 8;
    private static final int DENSITY = Integer.getInteger("svc.faults", 1);
    private static final long SEED = Long.getLong("svc.seed", 20261123);
    private static final int FEWEST = 5000;
    private static final int MOST_SHOWN = 40;
    /// Damage of which there are not so many is struck at every time of a start, and in every way under a living manager.
    private static final int FEW = 8;
    private static final int WAYS_ALIVE = 6;
    /// Damage to one page of the database, after which the rows of every other page are still there.
    private static final Set<Kind> PAGEWISE = Set.of(Kind.DATABASE_BIT, Kind.DATABASE_PAGE_ZEROED);

    @TempDir Path directory;
    private int callsOfAStart;
    private RunningFaults running;

    /// What the manager does meanwhile.
    private enum State {
        DEAD, RUNNING, STARTING, ALIVE
    }

    /// What else survives.
    private enum Else {
        EVERYTHING("all else"), JOURNAL("journal only"), DATABASE("database only"), LATER_BACKUP("a later backup only"), OLDER_BACKUP(
                "an older backup only"), NOTHING("nothing else");

        private final String words;

        Else(String words) {
            this.words = words;
        }

        Remains of(Remains older, Remains later) {
            return switch (this) {
                case EVERYTHING -> older;
                case JOURNAL -> older.without(Remains.BACKUP);
                case DATABASE -> older.without(Remains.BACKUP);
                case LATER_BACKUP -> later;
                case OLDER_BACKUP -> older;
                case NOTHING -> older.without(Remains.BACKUP);
            };
        }
    }

    /// One fault to inject.
    ///
    /// @param first what is taken away besides
    /// @param promised whether nothing may be lost
    private record Injection(State state, Damage damage, Else rest, Remains remains, List<String> first, boolean promised, int number) {
        Remains damaged() {
            Remains damaged = remains;
            for (String part : first) {
                damaged = damaged.without(part);
            }
            return damaged.changed(damage.act());
        }

        @Override public String toString() {
            return state + ", " + damage.kind() + " " + damage.what() + ", " + rest;
        }
    }

    /// What one fault led to.
    ///
    /// @param levels which checks noticed it
    /// @param sources what was used to mend it
    /// @param missing how many rows are gone
    record Outcome(Set<String> levels, Set<String> sources, int missing, boolean complete) {
        boolean noticed() {
            return !levels.isEmpty();
        }
    }

    /// A row of the table.
    private record Cell(State state, String damage, String rest) {}

    // ---- what there is before

    /// Files after the first half of a history, after its end, and after a later backup as well.
    private record Fixture(Map<String, byte[]> before, Remains older, Remains later) {}

    private Place place(String name, Disk disk) {
        return Place.below(directory.resolve(name), disk);
    }

    private Fixture fixture() throws Exception {
        Place place = place("fixture", new FaultyDisk());
        AtomicInteger seconds = new AtomicInteger();
        try (Repository repository = Repository
                .open(place, Known.NONE, () -> Scene.WALL.plusSeconds(seconds.getAndIncrement())).repository()) {
            for (int i = 1; i <= SERVICES; i++) {
                repository.commit(Scene.define(i));
            }
            repository.backup(BackupKind.BOOT);
            repository.commit(Scene.enable(1, true));
            repository.commit(Scene.configure(2, "long ".repeat(800)));
            Map<String, byte[]> before = Remains.read(place.database().getParent());
            repository.commit(Scene.configure(5, "longer ".repeat(580)));
            repository.commit(Scene.delete(3));
            repository.commit(Scene.enable(4, true));
            repository.commit(Scene.configure(2, "short"));
            Committed last = repository.commit(Scene.enable(4, false));
            Remains older = Remains.of(place, last.model(), last.sequence());
            repository.backup(BackupKind.DAILY);
            Remains later = Remains.of(place, last.model(), last.sequence());
            return new Fixture(before, older, later);
        }
    }

    /// The files of another repository, as of another machine.
    private Map<String, byte[]> foreign() throws Exception {
        Place place = place("foreign", new FaultyDisk());
        try (Repository repository = Repository.open(place, Known.NONE, () -> Scene.WALL).repository()) {
            repository.commit(Scene.enable(7, true));
        }
        return Remains.read(place.database().getParent());
    }

    private static byte[] foreignLine(Map<String, byte[]> files) {
        return Damage.firstLine(files.entrySet().stream().filter(f -> f.getKey().startsWith(Remains.JOURNAL)).findFirst().orElseThrow()
                .getValue());
    }

    private List<Injection> injections() throws Exception {
        Fixture fixture = fixture();
        Map<String, byte[]> foreign = foreign();
        Random random = new Random(SEED);
        List<Damage> database = Damage.ofDatabase(fixture.older, fixture.before, 4 * DENSITY, random);
        List<Damage> journal = Damage.ofJournal(fixture.older, fixture.before, foreignLine(foreign), 16 * DENSITY, random);
        List<Damage> backups = Damage.ofBackups(fixture.older, 20 * DENSITY, random);
        List<Damage> everything = Damage.ofEverything(fixture.older, fixture.before, foreign, 200 * DENSITY, random);
        callsOfAStart = callsOfAStart(fixture.older);
        List<Injection> all = new ArrayList<>();
        dead(all, fixture, database, Else.EVERYTHING, List.of(), true);
        dead(all, fixture, database, Else.JOURNAL, List.of(), true);
        dead(all, fixture, database, Else.LATER_BACKUP, List.of(Remains.JOURNAL), true);
        dead(all, fixture, database, Else.OLDER_BACKUP, List.of(Remains.JOURNAL), false);
        dead(all, fixture, database, Else.NOTHING, List.of(Remains.JOURNAL), false);
        dead(all, fixture, journal, Else.EVERYTHING, List.of(), true);
        dead(all, fixture, journal, Else.DATABASE, List.of(), true);
        dead(all, fixture, journal, Else.LATER_BACKUP, List.of(Remains.DATABASE), true);
        dead(all, fixture, journal, Else.OLDER_BACKUP, List.of(Remains.DATABASE), false);
        dead(all, fixture, journal, Else.NOTHING, List.of(Remains.DATABASE), false);
        dead(all, fixture, backups, Else.EVERYTHING, List.of(), true);
        dead(all, fixture, backups, Else.DATABASE, List.of(Remains.JOURNAL), true);
        dead(all, fixture, backups.stream().filter(d -> d.kind() != Kind.BACKUP_MISSING).toList(), Else.JOURNAL, List.of(Remains.DATABASE),
                true);
        dead(all, fixture, everything, Else.NOTHING, List.of(), false);
        for (List<Damage> damages : List.of(database, journal, backups, everything)) {
            for (Damage damage : damages) {
                boolean rare = damages.stream().filter(d -> d.kind() == damage.kind()).count() < FEW;
                boolean promised = damage.kind().part() != Damage.Part.EVERYTHING;
                for (int i = 0; i < (rare ? callsOfAStart : 1); i++) {
                    all.add(new Injection(State.STARTING, damage, Else.EVERYTHING, fixture.older, List.of(), promised, all.size()));
                }
                for (int i = 0; i < (rare ? WAYS_ALIVE : 1); i++) {
                    all.add(new Injection(State.ALIVE, damage, Else.EVERYTHING, fixture.older, List.of(), true, all.size()));
                }
            }
        }
        labelled(all, random);
        return all;
    }

    /// Services run, and their labels are newer than what is left.
    private void labelled(List<Injection> all, Random random) throws Exception {
        running = new RunningFaults(place("running", new FaultyDisk()));
        Fixture fixture = new Fixture(running.before(), running.remains(), running.remains());
        List<Damage> database = Damage.ofDatabase(fixture.older, fixture.before, 8 * DENSITY, random);
        List<Damage> journal = seldom(Damage.ofJournal(fixture.older, fixture.before, foreignLine(fixture.before), 4 * DENSITY, random));
        List<Damage> everything = Damage.ofEverything(fixture.older, fixture.before, fixture.before, 50 * DENSITY, random).stream()
                .filter(d -> d.kind() != Kind.EVERYTHING_FOREIGN).toList();
        for (Else rest : List.of(Else.OLDER_BACKUP, Else.NOTHING)) {
            add(all, State.RUNNING, fixture, database, rest, List.of(Remains.JOURNAL), false);
            add(all, State.RUNNING, fixture, journal, rest, List.of(Remains.DATABASE), false);
        }
        add(all, State.RUNNING, fixture, everything, Else.NOTHING, List.of(), false);
    }

    /// One of eight of the damages of which there is one for each byte.
    private static List<Damage> seldom(List<Damage> damages) {
        List<Damage> torn = damages.stream().filter(d -> d.kind() == Kind.JOURNAL_TORN).toList();
        return damages.stream().filter(d -> d.kind() != Kind.JOURNAL_TORN || torn.indexOf(d) % 8 == 0).toList();
    }

    /// How often a start without news turns to the disk.
    private int callsOfAStart(Remains whole) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        Place place = place("start", disk);
        whole.lay(place);
        Opened opened = Repository.open(place, new Known(whole.sequence(), true), () -> Scene.WALL);
        assertEquals(List.of(), opened.findings());
        return disk.calls();
    }

    private static void dead(List<Injection> all, Fixture fixture, List<Damage> damages, Else rest, List<String> first, boolean promised) {
        add(all, State.DEAD, fixture, damages, rest, first, promised);
    }

    private static void add(List<Injection> all, State state, Fixture fixture, List<Damage> damages, Else rest, List<String> first,
            boolean promised) {
        Remains remains = rest.of(fixture.older, fixture.later);
        for (Damage damage : damages) {
            all.add(new Injection(state, damage, rest, remains, first, promised, all.size()));
        }
    }

    // ---- one fault

    /// @param broken takes what went against the promise
    private Outcome inject(Injection injection, Queue<String> broken) {
        Path root = directory.resolve("fault" + injection.number);
        FaultyDisk disk = new FaultyDisk();
        Place place = Place.below(root, disk);
        try {
            return switch (injection.state) {
                case DEAD -> dead(injection, place);
                case RUNNING -> running.takeOver(injection.damaged(), place);
                case STARTING -> starting(injection, place, disk);
                case ALIVE -> alive(injection, place);
            };
        } catch (IOException | RuntimeException | AssertionError e) {
            broken.add(
                    injection + ": " + (e instanceof AssertionError ? e.getMessage() : e + " " + List.of(e.getStackTrace()).subList(0, 6)));
            return new Outcome(Set.of(), Set.of(), 0, false);
        } finally {
            deleteTree(root);
        }
    }

    /// Damaged while no manager lives. Where nothing may be lost it makes no difference whether root group and labels remember.
    private Outcome dead(Injection injection, Place place) throws IOException {
        injection.damaged().lay(place);
        Sequence sequence = injection.remains.sequence();
        Known known = injection.promised && injection.number % 2 == 1 ? Known.NONE : new Known(sequence, true);
        Opened opened = Repository.open(place, known, () -> Scene.WALL);
        Outcome outcome = outcome(injection, opened, List.of());
        opened.repository().close();
        assertMended(injection, place, Scene.text(opened.model()), known, outcome.complete);
        return outcome;
    }

    /// Damaged in the middle of a start.
    private Outcome starting(Injection injection, Place place, FaultyDisk disk) throws IOException {
        injection.remains.lay(place);
        disk.meddle(injection.number % callsOfAStart, () -> strike(injection, place));
        Known known = new Known(injection.remains.sequence(), true);
        Opened opened = Repository.open(place, known, () -> Scene.WALL);
        Scrubbed scrubbed = opened.repository().scrub();
        assertEquals(List.of(), opened.repository().scrub().findings());
        Outcome outcome = outcome(injection, opened, scrubbed.findings());
        opened.repository().close();
        assertMended(injection, place, Scene.text(opened.model()), known, outcome.complete);
        return outcome;
    }

    /// Damaged under a living manager: a change comes before the scrub, or not; it has written before, or not.
    private Outcome alive(Injection injection, Place place) throws IOException {
        injection.remains.lay(place);
        Opened opened = Repository.open(place, Known.NONE, () -> Scene.WALL);
        Repository repository = opened.repository();
        List<Finding> findings = new ArrayList<>();
        if (injection.number % 2 == 0) {
            findings.addAll(commit(repository, 1));
        }
        strike(injection, place);
        if (injection.number % 3 == 0) {
            findings.addAll(commit(repository, 2));
        }
        findings.addAll(repository.scrub().findings());
        assertEquals(List.of(), repository.scrub().findings());
        if (injection.damage.kind().part() == Damage.Part.BACKUPS) {
            // Nobody reads backups unasked.
            findings.addAll(repository.verify());
        }
        Map<String, String> expected = Scene.text(repository.model());
        repository.close();
        assertMended(injection, place, expected, new Known(repository.sequence(), true), true);
        boolean mended = !findings.isEmpty() && injection.damage.kind().part() != Damage.Part.BACKUPS;
        return new Outcome(levels(findings), mended ? Set.of("memory") : Set.of(), 0, true);
    }

    private static List<Finding> commit(Repository repository, int instance) {
        try {
            return repository.commit(Scene.configure(instance, "changed")).findings();
        } catch (RefusedException | OutcomeUnknownException e) {
            throw new AssertionError(e);
        }
    }

    /// Does to the files of `place` what the damage does to those it was made for.
    private static void strike(Injection injection, Place place) {
        Map<String, byte[]> whole = injection.remains.files();
        Map<String, byte[]> damaged = injection.damaged().files();
        try {
            for (Map.Entry<String, byte[]> file : whole.entrySet()) {
                if (!damaged.containsKey(file.getKey())) {
                    Files.deleteIfExists(place.database().resolveSibling(file.getKey()));
                }
            }
            for (Map.Entry<String, byte[]> file : damaged.entrySet()) {
                if (file.getValue() != whole.get(file.getKey())) {
                    Files.write(place.database().resolveSibling(file.getKey()), file.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome outcome(Injection injection, Opened opened, List<Finding> later) throws IOException {
        Map<String, String> model = Scene.text(opened.model());
        Map<String, String> expected = injection.remains.model();
        boolean same = model.equals(expected);
        boolean complete = opened.freshness().complete();
        List<Finding> findings = new ArrayList<>(opened.findings());
        findings.addAll(later);
        if (promised(injection)) {
            assertTrue(same, () -> "lost " + differing(expected, model) + "; " + findings);
            assertTrue(complete, () -> "not complete: " + findings);
        }
        if (injection.damage.kind() == Kind.EVERYTHING_FOREIGN) {
            // Complete in itself; that it is not the one that was here is what must be told.
            assertTrue(same || findings.stream().anyMatch(f -> f.what().contains("another repository")), findings::toString);
        } else if (!same) {
            assertFalse(complete, () -> "silently lost " + differing(expected, model) + "; " + findings);
        }
        if (!complete) {
            assertTrue(findings.stream().anyMatch(f -> f.gravity() == Finding.Gravity.LOSS), findings::toString);
            assertTrue(opened.report().isPresent(), findings::toString);
        }
        if (injection.rest == Else.NOTHING && PAGEWISE.contains(injection.damage.kind())) {
            assertTrue(differing(expected, model).size() <= expected.size() / 2, () -> "one page cost " + differing(expected, model));
        }
        Set<String> sources = new LinkedHashSet<>(sources(opened));
        if (!later.isEmpty()) {
            sources.add("memory");
        }
        return new Outcome(levels(findings), sources, differing(expected, model).size(), complete);
    }

    /// Of damage to several files nothing may be lost if one that has everything came through.
    private static boolean promised(Injection injection) {
        if (injection.promised || injection.damage.kind() != Kind.EVERYTHING_DAMAGED) {
            return injection.promised;
        }
        Map<String, byte[]> whole = injection.remains.files();
        Map<String, byte[]> damaged = injection.damaged().files();
        boolean journal = whole.keySet().stream().filter(n -> n.startsWith(Remains.JOURNAL)).allMatch(n -> damaged.get(n) == whole.get(n));
        return journal || damaged.get(Remains.DATABASE) == whole.get(Remains.DATABASE);
    }

    static Set<String> differing(Map<String, String> expected, Map<String, String> actual) {
        Set<String> differing = new TreeSet<>();
        expected.forEach((key, value) -> {
            if (!value.equals(actual.get(key))) {
                differing.add(key);
            }
        });
        actual.keySet().stream().filter(key -> !expected.containsKey(key)).forEach(differing::add);
        return differing;
    }

    private static Set<String> levels(List<Finding> findings) {
        return findings.stream().map(f -> f.level() == Finding.Level.JOURNAL || f.level() == Finding.Level.DISK
                ? f.level().name().toLowerCase(java.util.Locale.ROOT)
                : f.level().name()).collect(Collectors.toCollection(TreeSet::new));
    }

    /// What the report says was used.
    private static Set<String> sources(Opened opened) throws IOException {
        return opened.report().isEmpty() ? new LinkedHashSet<>() : sources(Files.readString(opened.report().get()));
    }

    /// The same of the text of a report.
    static Set<String> sources(String report) {
        Set<String> sources = new LinkedHashSet<>();
        if (!report.contains("What was used")) {
            return sources;
        }
        String used = report.substring(report.indexOf("What was used"), report.indexOf("What is lost"));
        if (used.contains("the database, as of")) {
            sources.add("database");
        }
        if (used.contains("repository-")) {
            sources.add("backup");
        }
        if (used.contains("intact rows of")) {
            sources.add("rows");
        }
        if (used.contains("replayed from the journal,")) {
            sources.add("journal");
        }
        return sources;
    }

    /// A further start finds the same, and is content with it once what is lost was accepted.
    private static void assertMended(Injection injection, Place place, Map<String, String> model, Known before, boolean complete) {
        // The root group follows the repository with the next change.
        Known known = injection.damage.kind() == Kind.EVERYTHING_FOREIGN ? Known.NONE : before;
        Opened again = Repository.open(place, known, () -> Scene.WALL);
        assertEquals(model, Scene.text(again.model()), "opened again");
        assertEquals(complete, again.freshness().complete(), () -> "opened again: " + again.findings());
        if (!complete) {
            commit(again.repository(), 6);
            again.repository().reconciled();
            again.repository().close();
            Opened third = Repository.open(place, known, () -> Scene.WALL);
            assertTrue(third.freshness().complete(), () -> "accepted: " + third.findings());
            assertContent(third, "accepted");
            third.repository().close();
            assertTrue(again.repository().sequence().newerThan(injection.remains.sequence()).orElse(false));
        } else {
            assertContent(again, "opened again");
            again.repository().close();
        }
    }

    private static void assertContent(Opened opened, String when) {
        assertFalse(opened.findings().stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE), () -> when + ": " + opened.findings());
    }

    private static void deleteTree(Path root) {
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- faults of the disk itself

    private static String words(Fault fault) {
        return switch (fault) {
            case FULL -> "disk full at one operation";
            case READ_ONLY -> "file system read-only at one operation";
            case SYNC -> "fsync fails once";
            case SYNC_AND_TRUNCATE -> "fsync and truncation fail once";
            case BUSY -> "database locked by somebody else";
            case FORBIDDEN -> "files of another owner or mode at one operation";
            case STOP -> "machine stops at one operation";
            case NONE, MISCOPY -> throw new IllegalArgumentException();
        };
    }

    private int diskFaults(Map<Cell, List<Outcome>> table) {
        FaultyDisk first = new FaultyDisk();
        DiskSession.of(place("disk", first), first, Fault.NONE, 0, 0);
        int operations = first.operations();
        List<Fault> faults = List.of(Fault.FULL, Fault.READ_ONLY, Fault.SYNC, Fault.SYNC_AND_TRUNCATE, Fault.BUSY, Fault.FORBIDDEN,
                Fault.STOP);
        for (Fault fault : faults) {
            List<Outcome> outcomes = IntStream.range(0, operations).parallel().mapToObj(n -> {
                FaultyDisk disk = new FaultyDisk();
                DiskSession session = DiskSession.of(place(fault + "-" + n, disk), disk, fault, n, 1);
                session.assertSurvived(fault + " at operation " + n);
                boolean refused = session.refused().stream().anyMatch(r -> r.contains("cannot be recorded") || r.contains("not known"));
                Set<String> levels = new TreeSet<>();
                if (!session.refused().isEmpty()) {
                    levels.add(refused ? "refused" : "disk");
                }
                return new Outcome(levels, fault == Fault.STOP ? Set.of("database", "journal") : Set.of("memory"), 0, true);
            }).toList();
            table.put(new Cell(State.ALIVE, words(fault), ""), outcomes);
        }
        return faults.size() * operations;
    }

    // ---- the table

    @Test void everyFaultIsNoticedMendedOrToldAndTheTableSaysHow() throws Exception {
        List<Injection> injections = injections();
        long begun = System.nanoTime();
        Queue<String> broken = new ConcurrentLinkedQueue<>();
        List<Outcome> outcomes = injections.parallelStream().map(i -> inject(i, broken)).toList();
        assertEquals("", broken.stream().sorted().limit(MOST_SHOWN).collect(Collectors.joining("\n")), broken.size() + " promises broken");
        Map<Cell, List<Outcome>> table = new LinkedHashMap<>();
        for (int i = 0; i < injections.size(); i++) {
            Injection injection = injections.get(i);
            Cell cell = new Cell(injection.state, injection.damage.kind().words(), injection.rest.words);
            table.computeIfAbsent(cell, _ -> new ArrayList<>()).add(outcomes.get(i));
        }
        int disk = diskFaults(table);
        int all = injections.size() + disk;
        Map<State, Long> counts = injections.stream().collect(Collectors.groupingBy(Injection::state, () -> new EnumMap<>(State.class),
                Collectors.counting()));
        System.out.println(all + " faults injected (" + counts + ", disk " + disk + ") in " + (System.nanoTime() - begun) / 1_000_000
                + " ms; without any effect: " + outcomes.stream().filter(o -> !o.noticed()).count() + "; something lost and told: "
                + outcomes.stream().filter(o -> !o.complete).count());
        Files.writeString(Path.of("target", "fault-matrix.md"), MatrixText.of(rows(table)));
        assertTrue(all >= FEWEST, all + " faults");
        if (DENSITY == 1 && SEED == 20261123) {
            MatrixText.compare(rows(table), System.getProperty("svc.matrix", "").equals("write"));
        }
    }

    private static List<MatrixText.Row> rows(Map<Cell, List<Outcome>> table) {
        List<MatrixText.Row> rows = new ArrayList<>();
        table.forEach((cell, outcomes) -> {
            Set<String> levels = outcomes.stream().flatMap(o -> o.levels.stream()).collect(Collectors.toCollection(TreeSet::new));
            Set<String> sources = new LinkedHashSet<>();
            for (String source : List.of("memory", "database", "backup", "rows", "journal", "manifests", "labels")) {
                if (outcomes.stream().anyMatch(o -> o.sources.contains(source))) {
                    sources.add(source);
                }
            }
            boolean unnoticed = outcomes.stream().anyMatch(o -> !o.noticed());
            Optional<Outcome> lossy = outcomes.stream().filter(o -> o.missing > 0).findFirst();
            boolean doubtful = outcomes.stream().anyMatch(o -> !o.complete);
            String lost = lossy.isPresent() ? "what nothing else has; told" : doubtful ? "nothing; told that it is not known" : "nothing";
            rows.add(new MatrixText.Row(cell.state.name(), cell.damage, cell.rest, String.join(", ", levels),
                    unnoticed, String.join(", ", sources), lost));
        });
        return rows;
    }
}
