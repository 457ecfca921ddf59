package dev.svc.contract;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The processes of a contract that is a cgroup.
record CgroupMembership(ContractId contract, Cgroup group) implements Membership {
    @Override public boolean isPopulated() throws IOException { return group.isPopulated(); }

    @Override public List<Long> pids() throws IOException {
        return group.pids();
    }

    @Override public Optional<Path> watchable() {
        return Optional.of(group.path());
    }

    @Override public Optional<ExitRecord> recordBeside() throws IOException {
        return new ExitRecords(group.path().getParent()).of(contract);
    }
}
