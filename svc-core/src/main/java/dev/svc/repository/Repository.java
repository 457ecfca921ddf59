package dev.svc.repository;

import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The configuration on disk: database, journal and backups. Used by one thread at a time, the repository thread.
public final class Repository implements AutoCloseable {
    /// Verifies what is there (V1 to V4) and replays the journal's tail, or rebuilds (steps 1 to 3). Never fails: at worst the model is
    /// empty, lives in memory and changes are refused, and the findings say so.
    ///
    /// @param wall for times in journal and report; display only
    public static Opened open(Place place, Known known, Supplier<Instant> wall) {
        throw new UnsupportedOperationException();
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
    /// @throws RefusedException if nothing happened
    /// @throws OutcomeUnknownException if they may have been recorded
    public Committed commit(List<Change> changes) throws RefusedException, OutcomeUnknownException {
        throw new UnsupportedOperationException();
    }

    /// The configuration with every change committed so far.
    public Model model() {
        throw new UnsupportedOperationException();
    }

    /// The last change committed.
    public Sequence sequence() {
        throw new UnsupportedOperationException();
    }

    /// Why changes would be refused, if they would.
    public Optional<String> refusing() {
        throw new UnsupportedOperationException();
    }

    /// Takeover has compared labels with what was rebuilt and committed what they knew better: from here on what was lost is lost, and
    /// the repository is complete again. To be called once after [#open] when [Freshness#complete] was false.
    public void reconciled() {
        throw new UnsupportedOperationException();
    }

    /// Whether somebody else touched the database or journal files since we last did. Cheap: compares inode, size and times.
    public boolean disturbed() {
        throw new UnsupportedOperationException();
    }

    /// V1 to V4 on the live files. A database that fails is kept aside and written again from memory.
    public Scrubbed scrub() {
        throw new UnsupportedOperationException();
    }

    /// Scrubs, then writes a verified copy, drops those too many of its kind and journal segments no backup needs. Yields nothing if
    /// the newest of the kind already has the present sequence.
    ///
    /// @throws RefusedException if it could not be written or failed verification
    public Optional<Path> backup(BackupKind kind) throws RefusedException {
        throw new UnsupportedOperationException();
    }

    /// Adds a section to the report of this start, beginning one if there is none. Yields it unless it cannot be written.
    public Optional<Path> report(String heading, List<String> lines) {
        throw new UnsupportedOperationException();
    }

    @Override public void close() {
        throw new UnsupportedOperationException();
    }
}
