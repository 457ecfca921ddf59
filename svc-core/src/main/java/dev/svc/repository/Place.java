package dev.svc.repository;

import java.nio.file.Path;

/// Where a repository lives: which disk, and where on it.
///
/// @param database the SQLite file
/// @param journal the directory of journal segments; may be on another device
/// @param backups the directory of verified copies
/// @param reports the directory of rebuild and takeover reports
public record Place(Disk disk, Path database, Path journal, Path backups, Path reports) {
    /// The usual layout below `state` (`/var/lib/svc`), on the machine's own disk.
    public static Place below(Path state) {
        return below(state, new LocalDisk());
    }

    /// The usual layout below `state` on `disk`.
    public static Place below(Path state, Disk disk) {
        return new Place(disk, state.resolve("repository.db"), state.resolve("journal"), state.resolve("backup"), state.resolve("report"));
    }
}
