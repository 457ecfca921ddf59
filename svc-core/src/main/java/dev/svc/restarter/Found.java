package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.WaitStatus;
import java.util.List;
import java.util.Optional;

/// What contracts and labels tell about one instance when the manager starts.
///
/// @param label the intact copy with the highest revision
/// @param reading whether there was a label, and whether it could be read
public record Found(InstanceFmri fmri, Optional<Label> label, Reading reading, List<FoundContract> contracts) {
    public Found {
        contracts = List.copyOf(contracts);
    }

    /// What came of reading the two copies of a label.
    public enum Reading {
        INTACT, NONE, UNREADABLE
    }

    /// One contract of the instance: a group that exists, or an exit record whose group is gone.
    ///
    /// @param launcher whether the contract's launcher is among its processes
    /// @param visible whether every member can be seen (a member of a foreign PID namespace cannot)
    public record FoundContract(
            ContractId id, boolean exists, boolean populated, boolean launcher, boolean visible, Optional<WaitStatus> exit) {}
}
