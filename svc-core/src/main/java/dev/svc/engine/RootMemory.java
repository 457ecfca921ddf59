package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.contract.RootRecord;
import dev.svc.model.Sequence;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.util.Optional;

/// What the root group remembers, and the giving of contract ids from it.
///
/// Ids are reserved on the root in blocks, so that a thousand starts do not mean a thousand writings of the root: after a crash the
/// rest of a block is skipped, never given twice.
final class RootMemory {
    private static final long BLOCK = 64;

    private final Contracts contracts;
    private RootRecord record;
    private ContractId next;
    private boolean forgotten;

    /// @param lowest above every contract, exit record and label that was found
    RootMemory(Contracts contracts, RootRecord record, ContractId lowest) {
        this.contracts = contracts;
        this.record = record;
        this.next = record.nextContract().compareTo(lowest) > 0 ? record.nextContract() : lowest;
    }

    RootRecord record() {
        return record;
    }

    ContractId nextContract() {
        return next;
    }

    /// Takes the next id away, so that no other step gets it.
    void taken() {
        next = next.next();
    }

    /// Makes sure that `contract` can never be given again, by this manager or a successor.
    void reserve(ContractId contract) throws IOException {
        if (contract.compareTo(record.nextContract()) >= 0) {
            write(new RootRecord(record.sequence(), new ContractId(contract.value() + BLOCK), record.milestone(), record.entering(),
                    record.ending(), record.endBy()));
        }
    }

    void committed(Sequence sequence) throws IOException {
        write(new RootRecord(sequence, record.nextContract(), record.milestone(), record.entering(), record.ending(), record.endBy()));
    }

    /// What was remembered is lost: every instance stays as its label says, and contract ids go on from where this manager begins.
    void forgot() throws IOException {
        forgotten = true;
        write(new RootRecord(record.sequence(), next, "all", false, false, Optional.empty()));
    }

    /// Whether [#forgot] had to be done.
    boolean isForgotten() { return forgotten; }

    /// A milestone is being entered: until [#entered], a successor enters it again.
    void entering(String milestone) throws IOException {
        write(new RootRecord(record.sequence(), record.nextContract(), milestone, true, false, Optional.empty()));
    }

    /// The same for a milestone with which the manager ends when nothing runs any more; what still does at `endBy` is killed.
    void ending(String milestone, Optional<BootTime> endBy) throws IOException {
        write(new RootRecord(record.sequence(), record.nextContract(), milestone, true, true, endBy));
    }

    /// Every temporary setting for the milestone is made or dropped, and stored.
    void entered() throws IOException {
        write(new RootRecord(record.sequence(), record.nextContract(), record.milestone(), false, record.ending(), record.endBy()));
    }

    private void write(RootRecord next) throws IOException {
        contracts.writeRoot(next);
        record = next;
    }
}
