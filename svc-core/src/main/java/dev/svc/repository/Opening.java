package dev.svc.repository;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import dev.svc.protocol.NewerVersionException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One start of the repository: what is there, how much of it can be believed, and what follows from it.
final class Opening {
    private static final String USED = "What was used";
    private static final String LOST = "What is lost";

    private final Place place;
    private final Disk disk;
    private final Known known;
    private final Supplier<Instant> wall;
    private final RandomGenerator random;
    private final DatabaseFiles files;
    private final Backups backups;
    private final LiveDatabase database;
    private final List<Finding> findings = new ArrayList<>();
    private final Report report;
    private Optional<Path> reported = Optional.empty();

    Opening(Place place, Known known, Supplier<Instant> wall, RandomGenerator random) {
        this.place = place;
        this.disk = place.disk();
        this.known = known;
        this.wall = wall;
        this.random = random;
        this.files = new DatabaseFiles(place);
        this.backups = new Backups(disk, place.backups());
        this.database = new LiveDatabase(disk, place.database());
        this.report = new Report(place, wall.get());
    }

    Opened open() {
        for (Path directory : List.of(place.database().getParent(), place.journal(), place.backups(), place.reports())) {
            trying(directory, () -> disk.makeDirectory(directory));
        }
        boolean traces = hasTraces();
        Reading live = live();
        live.meta().ifPresent(meta -> NewerVersionException.refuseNewer(place.database().toString(), meta.schema(), Meta.SCHEMA));
        JournalScan scan = JournalScan.read(disk, place.journal(), unseen(live));
        List<Backups.Backup> copies = copies();
        if (!traces && scan.isEmpty() && copies.isEmpty() && known.highest().equals(Sequence.NONE)) {
            return create();
        }
        findings.addAll(live.findings());
        findings.addAll(scan.findings());
        if (live.sound()) {
            Sequence at = live.sequence().orElseThrow();
            Replay replay = Replay.of(at, scan, highest(at, copies));
            Optional<Reading> newer = replay.lost().isEmpty() ? Optional.empty() : newerThan(at, copies);
            return newer.isEmpty() ? goOn(live, scan, replay, copies) : rebuild(live, newer, wholeJournal(), copies);
        }
        return rebuild(live, newerThan(Sequence.NONE, copies), scan, copies);
    }

    /// What the report says was used; nothing if nothing had to be mended.
    List<String> used() {
        return report.section(USED);
    }

    /// What the report says is lost.
    List<String> lost() {
        return report.section(LOST);
    }

    /// Lines whose text is needed if the database is sound: those after it. Otherwise, all.
    private static Predicate<Sequence> unseen(Reading live) {
        return sequence -> !live.sound() || !live.sequence().orElseThrow().newerThan(sequence).orElse(false);
    }

    private boolean hasTraces() {
        try {
            return files.hasTraces();
        } catch (IOException _) {
            return true;
        }
    }

    private Reading live() {
        try {
            if (disk.identity(place.database()).isPresent() && files.hasHotJournal()) {
                return rolledBack();
            }
        } catch (IOException e) {
            find(Finding.Level.V1, Finding.Gravity.NOTE, place.database(),
                    "its unfinished transaction could not be tried on a copy: " + Journal.reason(e));
        }
        // Remember first, read second: what somebody does to the file between the two would otherwise pass for ours.
        database.remember();
        return DatabaseReader.read(disk, place.database());
    }

    private Reading rolledBack() throws IOException {
        Reading reading = files.readRolledBack();
        if (reading.sound()) {
            find(Finding.Level.V1, Finding.Gravity.NOTE, place.database(), "a transaction that was not finished has been rolled back");
            try {
                database.rollBackHotJournal();
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return reading;
    }

    private List<Backups.Backup> copies() {
        try {
            return backups.newestFirst();
        } catch (IOException e) {
            find(Finding.Level.DISK, Finding.Gravity.DAMAGE, place.backups(), "cannot be listed: " + Journal.reason(e));
            return List.of();
        }
    }

    /// The highest change that anybody speaks of; `base` gives the epoch where only a number is known.
    private Sequence highest(Sequence base, List<Backups.Backup> copies) {
        long inBackups = copies.isEmpty() ? 0 : copies.getFirst().sequence();
        Sequence highest = base.withNumber(Math.max(base.number(), inBackups));
        return known.highest().newerThan(highest).orElse(false) ? known.highest() : highest;
    }

    // ---- nothing is there, and nobody expects anything

    private Opened create() {
        Holding holding = Holding.empty(Epoch.fresh(1, random).number(0));
        Journal journal = new Journal(disk, place.journal(), JournalLine.NO_CRC);
        trying(place.database(), () -> {
            files.replace(holding, wall.get());
            database.remember();
        });
        trying(place.journal(), () -> journal.begin(Epoch.of(holding.last()), 1));
        return opened(repository(holding, journal, holding.last()), freshness(holding, this::wholeJournal));
    }

    // ---- the database is sound, and nothing sound is newer

    private Opened goOn(Reading live, JournalScan scan, Replay replay, List<Backups.Backup> copies) {
        Sequence at = live.sequence().orElseThrow();
        Holding holding = Holding.of(live.rows(), live.meta().orElseThrow());
        List<Numbered> changes = replay.changes(this::senseless);
        Collection<Touch> unsaved = changes.isEmpty() ? List.of() : holding.apply(changes);
        if (!replay.lines().isEmpty()) {
            findings.add(tail(at, replay.lines()));
        }
        boolean journalLacks = scan.reaches() < at.number();
        if (journalLacks) {
            String what = scan.isEmpty() ? "it is missing" : "it ends at change " + scan.reaches();
            find(Finding.Level.V4, Finding.Gravity.DAMAGE, place.journal(), what + ", the database has change " + at.number());
        }
        findForeign(at);
        if (!holding.lost().isEmpty()) {
            find(Finding.Level.V4, Finding.Gravity.NOTE, place.database(),
                    "changes " + text(holding.lost()) + " were lost before, and takeover has not settled that yet");
        }
        boolean newlyLost = lose(holding, replay.lost());
        Repository repository = repository(holding, journalAfter(scan), top(holding, scan, copies));
        repository.save(unsaved);
        if (newlyLost || !changes.isEmpty() && unsaved.isEmpty()) {
            repository.saveMeta();
        }
        Freshness freshness = freshness(holding, this::wholeJournal);
        if (findings.stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE)) {
            tell(List.of("the database, as of change " + at.number()), replay.lines(), holding, List.of());
        }
        if (scan.isDamaged() || journalLacks) {
            findings.addAll(repository.renewJournal(scan));
        }
        return opened(repository, freshness);
    }

    /// Where neither epoch is newer, this is not the repository that the services were started under.
    private void findForeign(Sequence at) {
        if (known.highest().newerThan(at).isEmpty()) {
            find(Finding.Level.V4, Finding.Gravity.DAMAGE, place.database(), "it is of epoch " + Epoch.of(at)
                    + ", root group and labels know " + Epoch.of(known.highest()) + ": another repository was put in its place");
        }
    }

    /// Takes note of changes that are lost; yields whether any of them was not known to be.
    private boolean lose(Holding holding, List<Freshness.Range> lost) {
        List<Freshness.Range> before = holding.lost();
        List<Freshness.Range> news = lost.stream().filter(l -> before.stream().noneMatch(b -> b.contains(l))).toList();
        if (!news.isEmpty()) {
            find(Finding.Level.V4, Finding.Gravity.LOSS, place.database(),
                    "changes " + text(news) + " were made and are not known to be here whole");
            List<Freshness.Range> all = new ArrayList<>(before);
            all.addAll(news);
            holding.lose(Freshness.Range.merged(all));
        }
        return !news.isEmpty();
    }

    /// Lines after the database: one transaction is what a manager leaves that is killed between journal and database.
    private Finding tail(Sequence base, List<JournalLine> lines) {
        boolean atOnce = lines.stream().map(JournalLine::time).distinct().count() == 1;
        String what = "changes " + new Freshness.Range(lines.getFirst().sequence().number(), lines.getLast().sequence().number())
                + " were in the journal, the database had " + base.number();
        return new Finding(
                Finding.Level.V4,
                atOnce ? Finding.Gravity.NOTE : Finding.Gravity.DAMAGE,
                place.database().getFileName().toString(),
                what);
    }

    /// The journal, to go on after what is intact of it.
    private Journal journalAfter(JournalScan scan) {
        String lastCrc = scan.lines().isEmpty() ? JournalLine.NO_CRC : scan.lines().getLast().crc();
        Journal journal = new Journal(disk, place.journal(), lastCrc);
        scan.tail().ifPresent(tail -> trying(tail.file(), () -> journal.resume(tail)));
        return journal;
    }

    // ---- it is not sound, or a sound copy is newer

    private Opened rebuild(Reading live, Optional<Reading> copy, JournalScan scan, List<Backups.Backup> copies) {
        Rows salvage = new Rows();
        if (copy.isPresent() && live.sound()) {
            find(Finding.Level.V4, Finding.Gravity.DAMAGE, live.file(),
                    "it ends at change " + live.sequence().orElseThrow().number() + ", " + copy.get().file().getFileName()
                            + " has change " + copy.get().sequence().orElseThrow().number() + ": an older copy was put in its place");
        } else {
            salvage.overlay(live.rows(), 0);
            salvage.overlay(PageSalvage.rows(disk, place.database()), 0);
        }
        Epoch epoch = epoch(live, scan);
        Sequence spoken = highest(epoch.number(live.sequence().map(Sequence::number).orElse(0L)), copies);
        findForeign(copy.flatMap(Reading::sequence).orElse(epoch.number(0)));
        Rebuild rebuild = Rebuild.of(copy, salvage, scan, spoken, epoch, this::senseless);
        Holding holding = rebuild.holding();
        lose(holding, rebuild.lost());
        List<Path> kept = new ArrayList<>();
        trying(place.database(), () -> {
            kept.addAll(files.replace(holding, wall.get()));
            database.remember();
        });
        Repository repository = repository(holding, journalAfter(scan), top(holding, scan, copies));
        Freshness freshness = freshness(holding, () -> scan);
        List<String> used = new ArrayList<>();
        used.add(copy.map(this::described).orElse("no sound copy was found; everything was put together from what follows"));
        if (rebuild.overlaid() > 0) {
            used.add(rebuild.overlaid() + " newer intact rows of " + place.database().getFileName());
        }
        tell(used, rebuild.replayed(), holding, kept);
        findings.addAll(repository.renewJournal(scan));
        return opened(repository, freshness);
    }

    /// The journal with the text of all lines.
    private JournalScan wholeJournal() {
        return JournalScan.read(disk, place.journal(), _ -> true);
    }

    private Freshness freshness(Holding holding, Supplier<JournalScan> whole) {
        if (holding.lost().isEmpty()) {
            return new Freshness(true, holding.last(), Map.of(), List.of());
        }
        return new Freshness(false, holding.last(), Rebuild.decided(holding, whole.get()), holding.lost());
    }

    /// The best sound copy that is newer than `at`: a database that was complete but not yet in place when the manager was killed, or a
    /// backup.
    private Optional<Reading> newerThan(Sequence at, List<Backups.Backup> copies) {
        List<Reading> sound = new ArrayList<>();
        unfinished().ifPresent(sound::add);
        firstSound(copies.stream().filter(c -> c.sequence() > at.number()).toList()).ifPresent(sound::add);
        return sound.stream().filter(r -> r.sequence().orElseThrow().newerThan(at).orElse(false))
                .reduce((a, b) -> b.sequence().orElseThrow().newerThan(a.sequence().orElseThrow()).orElse(false) ? b : a);
    }

    /// A database that was complete but not yet in place when the manager was killed.
    private Optional<Reading> unfinished() {
        try {
            if (disk.identity(files.unfinished()).isEmpty()) {
                return Optional.empty();
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.of(DatabaseReader.read(disk, files.unfinished())).filter(Reading::sound);
    }

    private Optional<Reading> firstSound(List<Backups.Backup> copies) {
        for (Backups.Backup copy : copies) {
            Reading reading = DatabaseReader.read(disk, copy.file());
            if (reading.sound()) {
                return Optional.of(reading);
            }
            findings.addAll(reading.findings());
        }
        return Optional.empty();
    }

    /// The epoch that goes on: the newest that anything intact speaks of. A new one only if nobody knows any.
    private Epoch epoch(Reading live, JournalScan scan) {
        Sequence newest = live.sequence().orElse(Sequence.NONE);
        for (JournalLine line : scan.lines()) {
            newest = newest.equals(Sequence.NONE) ? line.sequence() : newest;
        }
        for (JournalSegment segment : scan.segments()) {
            newest = newest.equals(Sequence.NONE) ? segment.name().epoch().number(0) : newest;
        }
        newest = newest.equals(Sequence.NONE) ? known.highest() : newest;
        return newest.equals(Sequence.NONE) ? Epoch.fresh(1, random) : Epoch.of(newest);
    }

    /// Above this the next change is numbered, in its epoch: what anybody ever spoke of.
    private Sequence top(Holding holding, JournalScan scan, List<Backups.Backup> copies) {
        Sequence top = highest(holding.last(), copies);
        long lost = holding.lost().stream().mapToLong(Freshness.Range::last).max().orElse(0);
        return top.withNumber(Math.max(top.number(), Math.max(lost, scan.reaches())));
    }

    private Repository repository(Holding holding, Journal journal, Sequence top) {
        return new Repository(place, wall, holding, journal, database, report, top);
    }

    private Opened opened(Repository repository, Freshness freshness) {
        return new Opened(repository, repository.model(), freshness, findings, reported);
    }

    // ---- telling

    private void tell(List<String> bases, List<JournalLine> replayed, Holding holding, List<Path> kept) {
        reported = report.add("What was damaged, and how it was noticed", findings.stream().map(Finding::toString).toList());
        List<String> used = new ArrayList<>(bases);
        used.add(replayed(replayed));
        replayed.forEach(
                line -> used.add("  " + line.sequence().number() + "  " + line.time() + "  uid " + line.by() + "  " + line.what()));
        used.add("now: " + holding.model().instances().size() + " instances, " + holding.size() + " rows, change "
                + holding.last().number());
        reported = report.add(USED, used);
        reported = report.add(LOST, holding.lost().isEmpty() ? List.of("nothing") : lost(holding.lost()));
        tellNext(kept);
    }

    private void tellNext(List<Path> kept) {
        List<String> next = new ArrayList<>();
        for (Path file : kept) {
            next.add("kept: " + file);
        }
        kept.stream().filter(f -> f.getFileName().toString().contains(".db.damaged-")).forEach(
                f -> next.add("to look into it: sqlite3 'file:" + f + "?immutable=1' .dump"));
        next.add("to acknowledge: svcadm clear " + InstanceFmri.MASTER_RESTARTER);
        reported = report.add("What to do", next);
    }

    private String described(Reading base) {
        String name = base.file().getFileName().toString();
        String as = name + ", as of change " + base.sequence().orElseThrow().number();
        try {
            Instant written = disk.modified(base.file());
            return as + ", written " + written + " (" + Duration.between(written, wall.get()).toMinutes() + " minutes ago)";
        } catch (IOException _) {
            return as;
        }
    }

    private static String replayed(List<JournalLine> lines) {
        return lines.isEmpty()
                ? "no change had to be replayed from the journal"
                : lines.size() + " changes replayed from the journal, " + lines.getFirst().sequence().number() + " to "
                        + lines.getLast().sequence().number();
    }

    private static List<String> lost(List<Freshness.Range> ranges) {
        return List.of(
                "changes " + text(ranges) + ": neither their journal lines nor a copy made after them could be read",
                "what labels know of them is written back by takeover; see below");
    }

    static String text(List<Freshness.Range> ranges) {
        return String.join(", ", ranges.stream().map(Freshness.Range::toString).toList());
    }

    /// A line whose checksum holds and that this version cannot read, as a newer one may write it.
    private void senseless(JournalLine line) {
        find(Finding.Level.JOURNAL, Finding.Gravity.LOSS, place.journal(),
                "the line of change " + line.sequence().number() + " (" + line.what() + ") is intact and cannot be understood");
    }

    private void find(Finding.Level level, Finding.Gravity gravity, Path file, String what) {
        findings.add(new Finding(level, gravity, file.getFileName().toString(), what));
    }

    private void trying(Path file, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            find(Finding.Level.DISK, Finding.Gravity.DAMAGE, file, "cannot be written: " + Journal.reason(e));
        }
    }

    /// Something that a disk may refuse.
    private interface Writing {
        void run() throws IOException;
    }
}
