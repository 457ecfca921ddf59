package dev.svc.repository;

import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// V1 to V4 over everything there is, backups too, on demand; nothing is mended. For a repository that nobody writes meanwhile.
public final class Verification {
    private final Place place;
    private final Disk disk;
    private final Known known;
    private final List<Finding> findings = new ArrayList<>();

    private Verification(Place place, Known known) {
        this.place = place;
        this.disk = place.disk();
        this.known = known;
    }

    /// What is wrong; notes of what is not, and deserves to be known.
    ///
    /// @param known what the rest of the system remembers
    public static List<Finding> of(Place place, Known known) {
        return new Verification(place, known).findings();
    }

    /// A configuration, as of a change.
    public record Sound(Model model, Sequence sequence) {}

    /// What the database holds, if it is sound.
    public static Optional<Sound> sound(Place place) {
        Reading reading = DatabaseReader.read(place.disk(), place.database());
        return reading.sound() ? Optional.of(new Sound(reading.rows().model(), reading.sequence().orElseThrow())) : Optional.empty();
    }

    private List<Finding> findings() {
        Reading live = live();
        findings.addAll(live.findings());
        JournalScan scan = JournalScan.read(disk, place.journal(), _ -> false);
        findings.addAll(scan.findings());
        List<Backups.Backup> copies = copies();
        if (live.sound()) {
            compare(live.sequence().orElseThrow(), scan, copies);
        }
        for (Backups.Backup copy : copies) {
            findings.addAll(DatabaseReader.check(disk, copy.file()).findings());
        }
        return findings;
    }

    private Reading live() {
        DatabaseFiles files = new DatabaseFiles(place);
        try {
            if (disk.identity(place.database()).isPresent() && files.hasHotJournal()) {
                find(Finding.Level.V1, Finding.Gravity.NOTE, place.database(),
                        "a transaction is not finished; the next start rolls it back");
                return files.readRolledBack();
            }
        } catch (IOException e) {
            find(Finding.Level.V1, Finding.Gravity.NOTE, place.database(),
                    "its unfinished transaction could not be tried on a copy: " + Journal.reason(e));
        }
        return DatabaseReader.check(disk, place.database());
    }

    private List<Backups.Backup> copies() {
        try {
            return new Backups(disk, place.backups()).newestFirst();
        } catch (IOException e) {
            find(Finding.Level.DISK, Finding.Gravity.DAMAGE, place.backups(), "cannot be listed: " + Journal.reason(e));
            return List.of();
        }
    }

    private void compare(Sequence at, JournalScan scan, List<Backups.Backup> copies) {
        if (known.highest().newerThan(at).isEmpty()) {
            find(Finding.Level.V4, Finding.Gravity.DAMAGE, place.database(),
                    "it is of epoch " + Epoch.of(at) + ", root group and labels know " + Epoch.of(known.highest()));
        }
        if (scan.reaches() < at.number()) {
            find(Finding.Level.V4, Finding.Gravity.DAMAGE, place.journal(),
                    (scan.isEmpty() ? "it is missing" : "it ends at change " + scan.reaches()) + ", the database has change "
                            + at.number());
        }
        long inBackups = copies.isEmpty() ? 0 : copies.getFirst().sequence();
        Sequence highest = at.withNumber(Math.max(at.number(), inBackups));
        Replay replay = Replay.of(at, scan, known.highest().newerThan(highest).orElse(false) ? known.highest() : highest);
        if (!replay.lines().isEmpty()) {
            find(Finding.Level.V4, Finding.Gravity.NOTE, place.database(),
                    replay.lines().size() + " changes stand in the journal alone; the next start replays them");
        }
        for (Freshness.Range range : replay.lost()) {
            findings.add(new Finding(Finding.Level.V4, Finding.Gravity.LOSS, place.database().getFileName().toString(),
                    "changes " + range + " were made and are not known to be here whole", Optional.empty(), Optional.empty(),
                    OptionalLong.of(range.first())));
        }
    }

    private void find(Finding.Level level, Finding.Gravity gravity, Path file, String what) {
        findings.add(new Finding(level, gravity, file.getFileName().toString(), what));
    }
}
