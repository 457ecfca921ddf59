package dev.svc.repository;

import java.util.Optional;
import java.util.OptionalLong;

/// Something that verification noticed.
///
/// @param where the file's name, such as `repository.db`
/// @param what one sentence, lower case, without a full stop
/// @param entity FMRI of the service or instance concerned
/// @param group the property group or snapshot concerned
/// @param sequence the change concerned
public record Finding(
        Level level, Gravity gravity, String where, String what, Optional<String> entity, Optional<String> group, OptionalLong sequence) {
    /// Which check noticed it.
    public enum Level {
        /// Header, size and structure of the database file.
        V1,
        /// The hash of one row.
        V2,
        /// The sum of all row hashes.
        V3,
        /// Epoch and sequence of database, journal, backups, root group and labels against each other.
        V4,
        /// Labels against definitions (takeover's part); their copies, and those of the root's record, against memory (the engine's).
        V5,
        /// Checksum and chain of journal lines.
        JOURNAL,
        /// A file could not be read or written.
        DISK
    }

    /// What it means.
    public enum Gravity {
        /// Nothing was wrong that anybody was promised, such as an unfinished last line of the journal.
        NOTE,
        /// Something was damaged, and is whole again or worked around.
        DAMAGE,
        /// Something acknowledged may be gone.
        LOSS
    }

    public Finding(Level level, Gravity gravity, String where, String what) {
        this(level, gravity, where, what, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /// One line for log and report: `repository.db: svc:/a:b general: row fails its hash (V2)`.
    @Override public String toString() {
        StringBuilder line = new StringBuilder(where).append(": ");
        entity.ifPresent(e -> line.append(e).append(group.map(g -> " " + g).orElse("")).append(": "));
        line.append(what);
        sequence.ifPresent(s -> line.append(", sequence ").append(s));
        return line.append(" (").append(level).append(')').toString();
    }
}
