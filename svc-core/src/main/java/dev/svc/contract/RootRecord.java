package dev.svc.contract;

import dev.svc.model.Sequence;
import dev.svc.restarter.ContractId;

/// What the root group remembers of this boot (xattr `user.svc.root`, and its copy): the next contract id and the newest
/// administrative change.
public record RootRecord(Sequence sequence, ContractId nextContract) {
    public static final RootRecord NONE = new RootRecord(Sequence.NONE, new ContractId(1));
}
