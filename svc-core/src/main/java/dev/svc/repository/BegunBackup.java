package dev.svc.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A backup that does not count yet: a copy of the database, or one that is there already under the name it would get. What is to be done
/// to it takes long in a large repository and needs nothing of it, so that any thread may do it while changes go on.
public final class BegunBackup {
    private final Disk disk;
    private final BackupKind kind;
    private final Meta meta;
    private final Optional<Path> copy;
    private final Path file;
    private boolean sound;

    /// @param meta what memory was when it was begun
    /// @param copy where the copy is; nothing if there is none
    /// @param file the name it is to get
    private BegunBackup(Disk disk, BackupKind kind, Meta meta, Optional<Path> copy, Path file) {
        this.disk = disk;
        this.kind = kind;
        this.meta = meta;
        this.copy = copy;
        this.file = file;
    }

    static BegunBackup copied(Disk disk, BackupKind kind, Meta meta, Path copy, Path file) {
        return new BegunBackup(disk, kind, meta, Optional.of(copy), file);
    }

    static BegunBackup found(Disk disk, BackupKind kind, Meta meta, Path file) {
        return new BegunBackup(disk, kind, meta, Optional.empty(), file);
    }

    BackupKind kind() {
        return kind;
    }

    Optional<Path> copy() {
        return copy;
    }

    Path file() {
        return file;
    }

    /// Whether it was read back, and is what memory was.
    boolean isSound() { return sound; }

    /// Makes it durable and reads it back, V1 to V3. By one thread, before the repository thread [Repository#finish]es it.
    public void check() {
        try {
            if (copy.isPresent()) {
                disk.sync(copy.get());
            }
        } catch (IOException _) {
            return;
        }
        Reading reading = DatabaseReader.check(disk, copy.orElse(file));
        sound = reading.sound() && reading.meta().equals(Optional.of(meta));
    }
}
