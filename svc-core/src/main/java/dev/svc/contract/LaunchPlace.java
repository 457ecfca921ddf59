package dev.svc.contract;

import dev.svc.restarter.ContractId;
import java.nio.file.Path;

/// Where a launcher goes: the contract it joins, and by what means.
///
/// @param path the contract's cgroup, or the file whose lock it is
record LaunchPlace(ContractId contract, Path path, Mode mode) {
    enum Mode {
        CGROUP, LOCK
    }
}
