package dev.svc.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The database among its neighbours: the new one being written, the damaged ones kept aside.
///
/// Putting a new database in the place of a damaged one takes four steps; after a crash between any two of them a sound one is found.
/// ```
/// write and verify repository.db.new  →  hot -journal aside  →  damaged file aside  →  rename .new
/// ```
/// The hot journal goes first, for SQLite would roll it back into whatever bears the database's name.
final class DatabaseFiles {
    /// So many damaged files are kept.
    private static final int DAMAGED_KEPT = 4;
    private static final String DAMAGED = ".damaged-";
    /// In the name of the copy that a hot journal is tried on.
    static final String TRIED = ".check";

    private final Disk disk;
    private final Path database;

    DatabaseFiles(Place place) {
        disk = place.disk();
        database = place.database();
    }

    Path unfinished() {
        return database.resolveSibling(database.getFileName() + ".new");
    }

    Path hotJournal() {
        return DatabaseWriter.journalOf(database);
    }

    boolean hasHotJournal() throws IOException {
        return disk.identity(hotJournal()).map(i -> i.size() > 0).orElse(false);
    }

    /// Reads the database as it will be once SQLite has rolled back what a killed manager left unfinished: on a copy, for a journal that
    /// does not belong to the file would spoil it.
    Reading readRolledBack() throws IOException {
        String name = database.getFileName().toString();
        Path copy = database.resolveSibling(name + TRIED);
        try {
            DatabaseWriter.deleteWithJournal(disk, copy);
            disk.copy(database, copy);
            disk.copy(hotJournal(), DatabaseWriter.journalOf(copy));
            LiveDatabase rolled = new LiveDatabase(disk, copy);
            try {
                rolled.rollBackHotJournal();
            } catch (java.sql.SQLException e) {
                return Reading.none(database, List.of(new Finding(Finding.Level.V1, Finding.Gravity.DAMAGE, name,
                        "its unfinished transaction cannot be rolled back: " + e.getMessage())));
            }
            return DatabaseReader.read(disk, copy, name);
        } finally {
            DatabaseWriter.deleteWithJournal(disk, copy);
        }
    }

    /// Puts a database of what `holding` has in place; what is there is kept aside. Yields under which names.
    ///
    /// @throws IOException if it cannot be written, and everything is as it was
    List<Path> replace(Holding holding, Instant wall) throws IOException {
        DatabaseWriter.write(disk, unfinished(), holding);
        List<Path> kept = new ArrayList<>();
        String suffix = DAMAGED + Report.fileTime(wall);
        keepAside(hotJournal(), suffix).ifPresent(kept::add);
        keepAside(database, suffix).ifPresent(kept::add);
        disk.rename(unfinished(), database);
        disk.syncDirectory(database.getParent());
        pruneDamaged();
        return kept;
    }

    /// Renames a file out of the way, if it is there.
    Optional<Path> keepAside(Path file, String suffix) throws IOException {
        if (disk.identity(file).isEmpty()) {
            return Optional.empty();
        }
        Path aside = file.resolveSibling(file.getFileName() + suffix);
        for (int copy = 2; disk.identity(aside).isPresent(); copy++) {
            aside = file.resolveSibling(file.getFileName() + suffix + "-" + copy);
        }
        disk.rename(file, aside);
        return Optional.of(aside);
    }

    /// Sets a damaged segment of the journal aside.
    Optional<Path> keepAside(Path segment, Instant wall) throws IOException {
        return keepAside(segment, DAMAGED + Report.fileTime(wall));
    }

    /// Whether anything shows that there was a database once.
    boolean hasTraces() throws IOException {
        String name = database.getFileName().toString();
        return disk.list(database.getParent()).stream().anyMatch(f -> f.getFileName().toString().startsWith(name));
    }

    private void pruneDamaged() throws IOException {
        String prefix = database.getFileName() + DAMAGED;
        List<Path> damaged = disk.list(database.getParent()).stream().filter(f -> f.getFileName().toString().startsWith(prefix)).toList();
        for (Path tooOld : damaged.subList(0, Math.max(0, damaged.size() - DAMAGED_KEPT))) {
            disk.delete(tooOld);
            disk.delete(
                    tooOld.resolveSibling(
                            tooOld.getFileName().toString().replace(database.getFileName() + DAMAGED,
                                    hotJournal().getFileName() + DAMAGED)));
        }
    }
}
