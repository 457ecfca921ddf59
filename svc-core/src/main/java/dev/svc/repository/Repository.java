package dev.svc.repository;

import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.sqlite.SQLiteErrorCode;

/// The configuration on disk: database, journal and backups. Used by one thread at a time, the repository thread.
public final class Repository implements AutoCloseable {
    /// The part of the heap that configuration may take: beside it there must be room to read it a second time at a rebuild, and to work.
    private static final int PART_OF_HEAP = 3;

    private final Place place;
    private final Disk disk;
    private final Supplier<Instant> wall;
    private final Holding holding;
    private final Journal journal;
    private final LiveDatabase database;
    private final DatabaseFiles files;
    private final Backups backups;
    private final Report report;
    /// What the database has not got yet, of each row the last word.
    private final Map<Row.Key, Touch> unsaved = new LinkedHashMap<>();
    /// Whether the database does not know yet how far we are.
    private boolean lags;
    /// What a report has told already, and which; until the next scrub.
    private final Set<Finding> reported = new HashSet<>();
    private Optional<Path> reportedIn = Optional.empty();
    /// What was noticed and not yet handed out.
    private final List<Finding> noticed = new ArrayList<>();
    private long room = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    private Sequence top;
    private Optional<String> refusing = Optional.empty();
    /// The first backup of an epoch that is not begun yet.
    private Optional<Path> beginning = Optional.empty();
    /// Why the database file is behind; so that it is told once.
    private Optional<String> behind = Optional.empty();

    /// @param top the highest change that anybody ever spoke of; the next is above it
    Repository(Place place, Supplier<Instant> wall, Holding holding, Journal journal, LiveDatabase database, Report report, Sequence top) {
        this.place = place;
        this.disk = place.disk();
        this.wall = wall;
        this.holding = holding;
        this.journal = journal;
        this.database = database;
        this.report = report;
        this.top = top;
        this.files = new DatabaseFiles(place);
        this.backups = new Backups(disk, place.backups());
    }

    /// Verifies what is there (V1 to V4) and replays the journal's tail, or rebuilds (steps 1 to 3). Never fails: at worst the model is
    /// empty, lives in memory and changes are refused, and the findings say so.
    ///
    /// @param wall for times in journal and report; display only
    /// @throws dev.svc.protocol.NewerVersionException if database or journal are intact and of a newer version
    public static Opened open(Place place, Known known, Supplier<Instant> wall) {
        return open(place, known, wall, new SplittableRandom());
    }

    /// The same.
    ///
    /// @param random for the suffix of a new epoch
    public static Opened open(Place place, Known known, Supplier<Instant> wall, RandomGenerator random) {
        return new Opening(place, known, wall, random).open();
    }

    /// Records a change; when it returns the change is on disk.
    ///
    /// @throws RefusedException if nothing happened
    /// @throws OutcomeUnknownException if it may have been recorded
    public Committed commit(Change change) throws RefusedException, OutcomeUnknownException {
        return commit(List.of(change));
    }

    /// Records several changes with one wait for the disk; each takes a sequence of its own, all succeed or none.
    ///
    /// @param changes at least one
    /// @throws RefusedException if nothing happened
    /// @throws OutcomeUnknownException if they may have been recorded
    public Committed commit(List<Change> changes) throws RefusedException, OutcomeUnknownException {
        try {
            withdraw();
        } catch (IOException e) {
            throw new RefusedException("the change cannot be recorded: a backup that was not restored is still to be withdrawn: "
                    + Journal.reason(e), e);
        }
        if (database.disturbed()) {
            restoreDatabase();
        }
        List<Change> all = new ArrayList<>(changes.size() + 1);
        if (journal.disturbed()) {
            all.addAll(journalDisturbed());
        }
        all.addAll(changes);
        Model next = withinRoom(holding.model().with(all));
        List<Numbered> numbered = record(all);
        top = numbered.getLast().sequence();
        lags = true;
        save(holding.apply(numbered, next));
        return new Committed(holding.last(), holding.model(), handOut());
    }

    private Model withinRoom(Model next) throws RefusedException {
        Optional<String> excess = excess(holding.model(), next);
        if (excess.isPresent()) {
            throw new RefusedException(excess.get());
        }
        return next;
    }

    /// Why `next` cannot follow `present`, if it cannot: what does not fit into memory would end this manager, and each that comes after
    /// it. What makes the configuration smaller always can.
    public Optional<String> excess(Model present, Model next) {
        return next.weight() > room && next.weight() > present.weight()
                ? Optional.of("the configuration would become too large: it would need about " + megabytes(next.weight())
                        + " of memory, and the manager has " + megabytes(room) + " for it")
                : Optional.empty();
    }

    private static String megabytes(long bytes) {
        return Math.ceilDiv(bytes, 1 << 20) + " MiB";
    }

    /// Sets how many bytes the configuration may take.
    public void limitTo(long bytes) {
        room = bytes;
    }

    /// Puts changes into the journal: from here on they are committed.
    private List<Numbered> record(List<Change> changes) throws RefusedException, OutcomeUnknownException {
        List<Numbered> numbered = new ArrayList<>(changes.size());
        List<JournalLine> lines = new ArrayList<>(changes.size());
        Instant now = wall.get();
        Sequence next = top;
        long after = holding.last().number();
        String previous = journal.lastCrc();
        for (Change change : changes) {
            next = next.next();
            Numbered one = new Numbered(next, change);
            JournalLine line = JournalLine.of(one, after, previous, now);
            numbered.add(one);
            lines.add(line);
            after = next.number();
            previous = line.crc();
        }
        try {
            journal.append(lines);
            refusing = Optional.empty();
        } catch (RefusedException e) {
            refusing = Optional.of(e.getMessage());
            throw e;
        } catch (OutcomeUnknownException e) {
            refusing = Optional.of(e.getMessage());
            // Should the lines turn up, their numbers must mean nothing else.
            top = next;
            throw e;
        }
        return numbered;
    }

    /// The segment we append to is not ours any more. What it held is in the database, except what that has not got yet: it is recorded
    /// again.
    private List<Change> journalDisturbed() {
        String name = journal.current().map(f -> f.getFileName().toString()).orElse("journal");
        notice(Finding.Level.JOURNAL, name, "it was deleted, cut or written to by somebody else; a new segment is begun");
        try {
            journal.beginChain(Epoch.of(top), top.number() + 1);
        } catch (IOException e) {
            notice(Finding.Level.DISK, name, "no new segment can be begun: " + Journal.reason(e));
        }
        List<Row> puts = new ArrayList<>();
        List<Row.Key> deletes = new ArrayList<>();
        for (Touch touch : unsaved.values()) {
            switch (touch) {
                case Touch.Write(Row row, String _, byte[] _) -> puts.add(row);
                case Touch.Erase(Row.Key key) -> deletes.add(key);
            }
        }
        return unsaved.isEmpty() ? List.of() : List.of(Numbered.change("record again what a damaged journal held", puts, deletes));
    }

    /// Brings the database up to date with memory. What it does not take now, it is given again the next time: the journal has it.
    void save(Collection<Touch> touches) {
        touches.forEach(touch -> unsaved.put(touch.key(), touch));
        if (!isSaved()) {
            saveMeta();
        }
    }

    /// Whether the database has all that memory has.
    private boolean isSaved() { return unsaved.isEmpty() && !lags; }

    /// The same, also if no row but only where we stand has changed.
    void saveMeta() {
        lags = true;
        if (database.disturbed()) {
            behind("it is not the file we left", Finding.Gravity.DAMAGE);
            return;
        }
        try {
            database.apply(unsaved.values(), holding.meta());
            saved();
        } catch (SQLException e) {
            behind(String.valueOf(e.getMessage()), isBusy(e) ? Finding.Gravity.NOTE : Finding.Gravity.DAMAGE);
            restoreDatabase();
        }
    }

    private void saved() {
        unsaved.clear();
        lags = false;
        behind = Optional.empty();
    }

    /// Whether somebody reads the file just now, with sqlite3(1) for example.
    private static boolean isBusy(SQLException e) {
        int primary = e.getErrorCode() & 0xFF;
        return primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    private void behind(String why, Finding.Gravity gravity) {
        if (!behind.equals(Optional.of(why))) {
            noticed.add(
                    new Finding(
                            Finding.Level.DISK,
                            gravity,
                            database.file().getFileName().toString(),
                            "cannot be written: " + why + "; changes stand in the journal alone until it can"));
        }
        behind = Optional.of(why);
    }

    /// Somebody touched the database file: looks whether it is still what we left, else writes it again.
    private void restoreDatabase() {
        List<Finding> found = checkDatabase();
        if (!found.isEmpty()) {
            noticed.addAll(found);
            rewrite(found);
        }
    }

    /// What is wrong with the database file, given what memory knows; if nothing, it is ours again.
    private List<Finding> checkDatabase() {
        database.disconnect();
        String name = database.file().getFileName().toString();
        Reading reading = DatabaseReader.check(disk, database.file());
        List<Finding> found = new ArrayList<>(reading.findings());
        try {
            if (files.hasHotJournal()) {
                found.add(
                        new Finding(Finding.Level.V1, Finding.Gravity.DAMAGE, name, "there is an unfinished transaction that is not ours"));
            }
        } catch (IOException e) {
            found.add(new Finding(Finding.Level.DISK, Finding.Gravity.DAMAGE, name, "cannot be examined: " + Journal.reason(e)));
        }
        if (found.isEmpty() && isSaved() && !reading.meta().equals(Optional.of(holding.meta()))) {
            long there = reading.sequence().map(Sequence::number).orElse(0L);
            found.add(
                    new Finding(
                            Finding.Level.V4,
                            Finding.Gravity.DAMAGE,
                            name,
                            "it is not the one we wrote: it ends at change " + there + ", we are at " + holding.last().number()));
        }
        if (found.isEmpty()) {
            database.remember();
        }
        return found;
    }

    /// Writes the database from memory and keeps the damaged one aside.
    private void rewrite(List<Finding> why) {
        database.disconnect();
        try {
            List<Path> kept = files.replace(holding, wall.get());
            database.remember();
            saved();
            List<String> lines = new ArrayList<>(why.stream().map(Finding::toString).toList());
            lines.add("written again from memory at change " + holding.last().number() + "; nothing is lost");
            kept.forEach(file -> lines.add("kept: " + file));
            reportedIn = report("The database was damaged while the manager ran", lines);
            reportedIn.ifPresent(_ -> reported.addAll(why));
        } catch (IOException e) {
            behind(Journal.reason(e), Finding.Gravity.DAMAGE);
        }
    }

    /// The configuration with every change committed so far.
    public Model model() {
        return holding.model();
    }

    /// Whether the change that last recorded this group is among those that are not known to be here whole.
    public boolean isDoubtful(LayerGroup.Key key) {
        return Optional.ofNullable(holding.sequences().get(new Row.Key.OfGroup(key)))
                .filter(sequence -> holding.lost().stream().anyMatch(range -> range.contains(sequence))).isPresent();
    }

    /// The last change committed.
    public Sequence sequence() {
        return holding.last();
    }

    /// Why the last change was refused, if it was and nothing succeeded since.
    public Optional<String> refusing() {
        return refusing;
    }

    /// Takeover has compared labels with what was rebuilt and committed what they knew better: from here on what was lost is lost, and
    /// the repository is complete again. To be called once after [#open] when [Freshness#complete] was false, and not while
    /// something is kept on the evidence of its label alone.
    public void reconciled() {
        holding.acceptLoss(top);
        saveMeta();
        try {
            journal.begin(Epoch.of(top), top.number() + 1);
        } catch (IOException e) {
            notice(Finding.Level.DISK, place.journal().getFileName().toString(), "no new segment can be begun: " + Journal.reason(e));
        }
    }

    /// Whether somebody else touched the database or journal files since we last did. Cheap: compares inode, size and times.
    public boolean disturbed() {
        return database.disturbed() || journal.disturbed();
    }

    /// V1 to V4 on the live files. A database that fails is kept aside and written again from memory.
    public Scrubbed scrub() {
        restoreDatabase();
        save(List.of());
        JournalScan scan = JournalScan.read(disk, place.journal(), _ -> false);
        boolean lacking = scan.reaches() < holding.last().number();
        if (scan.isDamaged() || lacking) {
            scan.findings().stream().filter(f -> f.gravity() != Finding.Gravity.NOTE).forEach(noticed::add);
            if (lacking) {
                notice(Finding.Level.V4, place.journal().getFileName().toString(),
                        "it ends at change " + scan.reaches() + ", we are at " + holding.last().number());
            }
            noticed.addAll(renewJournal(scan));
        }
        List<Finding> all = handOut();
        List<String> unreported = all.stream().filter(f -> !reported.contains(f)).map(Finding::toString).toList();
        Optional<Path> told = unreported.isEmpty() ? reportedIn.filter(_ -> !all.isEmpty()) : report("Found by a scrub", unreported);
        reported.clear();
        return new Scrubbed(all, told);
    }

    /// Makes a damaged journal superfluous by a backup, sets its damaged segments aside and begins anew. Yields what went wrong.
    List<Finding> renewJournal(JournalScan scan) {
        List<Finding> trouble = new ArrayList<>();
        try {
            Path backup = writeBackup(BackupKind.BOOT);
            backups.prune(BackupKind.BOOT);
            journal.close();
            for (Path damaged : scan.toSetAside(holding.last().number())) {
                files.keepAside(damaged, wall.get());
            }
            journal.beginChain(Epoch.of(top), top.number() + 1);
            report("The journal begins anew", List.of("everything before stands in " + backup));
        } catch (IOException e) {
            trouble.add(
                    new Finding(
                            Finding.Level.DISK,
                            Finding.Gravity.DAMAGE,
                            place.journal().getFileName().toString(),
                            "cannot begin anew: " + Journal.reason(e)));
        }
        return trouble;
    }

    /// Makes a backup: [#begin], [BegunBackup#check] and [#finish]. Yields nothing if the newest of the kind already has the present
    /// sequence and is sound.
    ///
    /// @throws RefusedException if it could not be written or failed verification
    public Optional<Path> backup(BackupKind kind) throws RefusedException {
        BegunBackup begun = begin(kind);
        begun.check();
        return finish(begun);
    }

    /// Begins a backup: takes a copy of the database, which is quick. It counts when it was read back and [#finish]ed; changes may be
    /// committed meanwhile.
    ///
    /// @throws RefusedException if no copy could be taken
    public BegunBackup begin(BackupKind kind) throws RefusedException {
        try {
            if (database.disturbed() || files.hasHotJournal()) {
                restoreDatabase();
            }
            save(List.of());
            Path file = backups.place(kind, holding.last().number());
            return isSaved() && !database.disturbed() && disk.identity(file).isEmpty()
                    ? BegunBackup.copied(disk, kind, holding.meta(), backups.copy(database.file(), file), file)
                    : BegunBackup.found(disk, kind, holding.meta(), file);
        } catch (IOException e) {
            throw noBackup(e);
        }
    }

    /// Gives a copy that is sound its name, drops those too many of its kind and journal segments no backup needs. If it is not, the
    /// database it was taken from may not be either: a scrub mends that, and the backup is written anew. What the scrub finds is handed
    /// out with the next commit or scrub. Yields the backup, if one was made.
    ///
    /// @throws RefusedException if it could not be written or failed verification
    public Optional<Path> finish(BegunBackup begun) throws RefusedException {
        try {
            if (begun.isSound() && begun.copy().isEmpty()) {
                return Optional.empty();
            }
            Path written = begun.isSound() ? backups.name(begun.copy().get(), begun.file()) : writtenAnew(begun.kind());
            journal.close();
            OptionalLong oldest = backups.prune(begun.kind());
            if (isSaved() && oldest.isPresent()) {
                Journal.drop(disk, place.journal(), oldest.getAsLong());
            }
            return Optional.of(written);
        } catch (IOException e) {
            throw noBackup(e);
        }
    }

    private Path writtenAnew(BackupKind kind) throws IOException {
        restoreDatabase();
        save(List.of());
        return writeBackup(kind);
    }

    private static RefusedException noBackup(IOException cause) {
        return new RefusedException("no backup could be made: " + Journal.reason(cause), cause);
    }

    private Path writeBackup(BackupKind kind) throws IOException {
        boolean current = isSaved() && !database.disturbed();
        return backups.write(kind, holding, current ? Optional.of(database.file()) : Optional.empty());
    }

    /// V1 to V4 over everything, backups too; nothing is mended.
    public List<Finding> verify() {
        save(List.of());
        return Verification.of(place, new Known(holding.last(), true));
    }

    /// The backups there are, newest first.
    ///
    /// @throws RefusedException if their directory cannot be read
    public List<BackupCopy> copies() throws RefusedException {
        return copies(place);
    }

    /// The backups of a repository that need not be open, newest first.
    ///
    /// @throws RefusedException if their directory cannot be read
    public static List<BackupCopy> copies(Place place) throws RefusedException {
        try {
            return new Backups(place.disk(), place.backups()).copies();
        } catch (IOException e) {
            throw new RefusedException("backups cannot be listed: " + Journal.reason(e), e);
        }
    }

    /// What restoring a backup would change; nothing is.
    ///
    /// @param name as [#copies] has it
    /// @throws RefusedException if there is no such backup, it is not sound, or does not fit into memory
    public Restoration preview(String name) throws RefusedException {
        return restoration(backup(name), name, 0);
    }

    private Restoration restoration(Reading reading, String name, int by) throws RefusedException {
        Model wanted = reading.rows().model();
        Optional<String> excess = excess(holding.model(), wanted);
        if (excess.isPresent()) {
            throw new RefusedException("not restored: " + name + ": " + excess.get());
        }
        return Restoration.of(name, reading.sequence().orElseThrow(), holding.model(), wanted, by);
    }

    /// Makes a backup the configuration. It is a deliberate going back: a new epoch begins, so that nobody takes it for a rollback and
    /// nothing of the epoch before is replayed into it. The new epoch's first backup is written before the database is replaced; from
    /// there on the next start carries on what a killed manager began. The database that was is kept aside.
    ///
    /// @param by uid of who asked
    /// @throws RefusedException if nothing happened
    /// @throws OutcomeUnknownException if it may take effect at the next start
    public Restored restore(String name, int by) throws RefusedException, OutcomeUnknownException {
        Reading reading = backup(name);
        Restoration restoration = restoration(reading, name, by);
        Sequence sequence = Epoch.fresh(top.epoch() + 1, new SplittableRandom()).number(top.number() + 1);
        Holding restored = Holding.of(reading.rows().asOf(sequence.number()), sequence, List.of());
        database.disconnect();
        try {
            // From the moment it is there the next start believes it.
            beginning = Optional.of(backups.place(BackupKind.BOOT, sequence.number()));
            backups.write(BackupKind.BOOT, restored, Optional.empty());
            files.replace(restored, wall.get());
            beginning = Optional.empty();
            database.remember();
        } catch (IOException e) {
            throw notRestored(e);
        }
        holding.become(restored);
        top = sequence;
        saved();
        try {
            journal.beginChain(Epoch.of(top), top.number() + 1);
        } catch (IOException e) {
            notice(Finding.Level.DISK, place.journal().getFileName().toString(), "no new segment can be begun: " + Journal.reason(e));
        }
        return new Restored(restoration, recorded(restoration, by));
    }

    private RefusedException notRestored(IOException cause) throws OutcomeUnknownException {
        try {
            withdraw();
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw new OutcomeUnknownException("the backup is not restored: " + Journal.reason(cause)
                    + "; but it may be at the next start, and changes are refused until that is settled: " + Journal.reason(e), e);
        }
        return new RefusedException("the backup cannot be restored: " + Journal.reason(cause), cause);
    }

    /// Takes away what was written of an epoch that was not begun: changes of this one, made after it, must not lose against it.
    private void withdraw() throws IOException {
        if (beginning.isPresent()) {
            if (database.disturbed()) {
                rewrite(List.of(new Finding(Finding.Level.DISK, Finding.Gravity.NOTE, database.file().getFileName().toString(),
                        "it may be the restored one, which is withdrawn")));
            }
            if (database.disturbed()) {
                throw new IOException(database.file() + " cannot be written again: " + behind.orElse("it is in the way"));
            }
            disk.delete(beginning.get());
            disk.syncDirectory(place.backups());
            beginning = Optional.empty();
        }
    }

    /// The line of the audit trail; the restored configuration itself stands in backup and database.
    private Committed recorded(Restoration restoration, int by) {
        try {
            return commit(Change.of(restoration.change().what(), by, List.of()));
        } catch (RefusedException | OutcomeUnknownException e) {
            notice(Finding.Level.DISK, place.journal().getFileName().toString(),
                    "that " + restoration.name() + " was restored could not be recorded: " + e.getMessage());
            return new Committed(holding.last(), holding.model(), handOut());
        }
    }

    /// A sound backup of that name.
    private Reading backup(String name) throws RefusedException {
        for (BackupCopy copy : copies()) {
            if (copy.name().equals(name)) {
                Reading reading = DatabaseReader.read(disk, place.backups().resolve(name));
                if (!reading.sound()) {
                    throw new RefusedException("not restored: " + reading.findings().getFirst());
                }
                return reading;
            }
        }
        throw new RefusedException("there is no backup \"" + name + "\" in " + place.backups());
    }

    /// Adds a section to the report of this start, beginning one if there is none. Yields it unless it cannot be written.
    public Optional<Path> report(String heading, List<String> lines) {
        return report.add(heading, lines);
    }

    @Override public void close() {
        save(List.of());
        database.close();
        journal.close();
    }

    private void notice(Finding.Level level, String where, String what) {
        noticed.add(new Finding(level, Finding.Gravity.DAMAGE, where, what));
    }

    private List<Finding> handOut() {
        List<Finding> all = List.copyOf(noticed);
        noticed.clear();
        return all;
    }
}
