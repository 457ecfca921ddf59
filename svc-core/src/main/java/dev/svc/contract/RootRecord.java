package dev.svc.contract;

import dev.svc.model.Sequence;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import java.util.Optional;

/// What the root group remembers of this boot (xattr `user.svc.root`, and its copy).
///
/// @param sequence the newest administrative change
/// @param nextContract above every contract id given so far; ids between the last one given and this were reserved and are skipped
/// @param milestone the milestone in force: `all`, `none` or the FMRI of one; empty if none was entered yet
/// @param entering whether temporary settings are being made or dropped for it: who finds that enters it again
/// @param ending whether the manager is stopping all services in order to end itself
/// @param endBy when what has not stopped by itself is killed, if that was asked for
public record RootRecord(Sequence sequence, ContractId nextContract, String milestone, boolean entering, boolean ending,
        Optional<BootTime> endBy) {
    /// A root that never said anything: no milestone was entered yet.
    public static final RootRecord NONE = nothing(new ContractId(1));

    /// The same after contracts below `next` were given.
    static RootRecord nothing(ContractId next) {
        return new RootRecord(Sequence.NONE, next, "", true, false, Optional.empty());
    }

    /// Whether it says nothing but which contract ids were given.
    public boolean saysNothing() {
        return milestone.isEmpty();
    }
}
