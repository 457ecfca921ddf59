package dev.svc.contract;

import dev.svc.model.Sequence;
import dev.svc.restarter.ContractId;

/// What the root group remembers of this boot (xattr `user.svc.root`, and its copy).
///
/// @param sequence the newest administrative change
/// @param nextContract above every contract id given so far; ids between the last one given and this were reserved and are skipped
/// @param milestone the milestone in force: `all`, `none` or the FMRI of one
/// @param ending whether the manager is stopping all services in order to end itself
public record RootRecord(Sequence sequence, ContractId nextContract, String milestone, boolean ending) {
    public static final RootRecord NONE = new RootRecord(Sequence.NONE, new ContractId(1), "all", false);
}
