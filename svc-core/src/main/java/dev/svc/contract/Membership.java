package dev.svc.contract;

import dev.svc.contract.ExitRecords.ExitRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How the processes of one contract are known: by its cgroup, or by lock, cookie and descent.
interface Membership {
    /// Whether a process is in the contract now.
    boolean isPopulated() throws IOException;

    /// The processes in the contract now; 0 stands for one that cannot be seen.
    List<Long> pids() throws IOException;

    /// The directory in which inotify reports a change of file [Cgroup#EVENTS] when the first process comes or the last one goes; nothing
    /// if that has to be looked up each second.
    Optional<Path> watchable();

    /// How many processes of the contract itself, not of groups made within it, the kernel killed because memory ran out, if that is
    /// more than was marked as told; nothing if nobody counts.
    default OptionalLong untoldOomKills() throws IOException {
        return OptionalLong.empty();
    }

    /// Marks that many as told, for our successors too.
    default void markOomKills(long told) throws IOException {}

    /// The exit record that had no room in the directory of exit records.
    Optional<ExitRecord> recordBeside() throws IOException;
}
