package dev.svc.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The directory of verified copies, `repository-<kind>-<sequence>.db`.
final class Backups {
    private static final Pattern FORM = Pattern.compile("repository-([a-z_]+)-([0-9]{1,18})\\.db");

    private final Disk disk;
    private final Path directory;

    /// A copy, as its name describes it.
    record Backup(Path file, BackupKind kind, long sequence) {}

    Backups(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    List<Backup> newestFirst() throws IOException {
        List<Backup> backups = new ArrayList<>();
        for (Path file : disk.list(directory)) {
            Matcher matcher = FORM.matcher(file.getFileName().toString());
            if (matcher.matches()) {
                long sequence = Long.parseLong(matcher.group(2));
                BackupKind.named(matcher.group(1)).ifPresent(kind -> backups.add(new Backup(file, kind, sequence)));
            }
        }
        backups.sort(Comparator.comparingLong(Backup::sequence).reversed().thenComparing(Backup::kind));
        return backups;
    }

    /// What is there, newest first.
    List<BackupCopy> copies() throws IOException {
        List<BackupCopy> copies = new ArrayList<>();
        for (Backup backup : newestFirst()) {
            copies.add(new BackupCopy(backup.file.getFileName().toString(), backup.kind.word(), backup.sequence,
                    disk.modified(backup.file)));
        }
        return copies;
    }

    Path place(BackupKind kind, long sequence) {
        return directory.resolve("repository-" + kind.word() + "-" + sequence + ".db");
    }

    /// Writes a copy: of the database file if that is `current`, else from memory.
    ///
    /// @throws IOException if it could not be written or is not what it should be
    Path write(BackupKind kind, Holding holding, Optional<Path> current) throws IOException {
        Path file = place(kind, holding.last().number());
        if (current.isPresent()) {
            Path unfinished = copy(current.get(), file);
            disk.sync(unfinished);
            DatabaseWriter.verify(disk, unfinished, holding);
            return name(unfinished, file);
        }
        disk.makeDirectory(directory);
        DatabaseWriter.write(disk, unfinished(file), holding);
        return name(unfinished(file), file);
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /// Copies the database to where `file` is written; yields the copy, which is not durable yet.
    Path copy(Path database, Path file) throws IOException {
        disk.makeDirectory(directory);
        disk.copy(database, unfinished(file));
        return unfinished(file);
    }

    /// Gives what was written and verified its name: from here on it counts.
    Path name(Path unfinished, Path file) throws IOException {
        disk.rename(unfinished, file);
        disk.syncDirectory(directory);
        return file;
    }

    /// Deletes those of a kind that are too many, oldest first, and what was left unfinished; yields the sequence of the oldest kept
    /// of all kinds.
    OptionalLong prune(BackupKind kind) throws IOException {
        for (Path file : disk.list(directory)) {
            if (file.getFileName().toString().endsWith(".new")) {
                disk.delete(file);
            }
        }
        List<Backup> backups = newestFirst();
        List<Backup> tooMany = backups.stream().filter(b -> b.kind() == kind).skip(BackupKind.KEPT).toList();
        for (Backup backup : tooMany) {
            disk.delete(backup.file());
        }
        return backups.stream().filter(b -> !tooMany.contains(b)).mapToLong(Backup::sequence).min();
    }
}
