package dev.svc.contract;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.posix.ProcessIdentity;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The processes of a contract that is held together by lock, cookie and descent.
record LockMembership(ContractId contract, LockDirectory locks, KnownProcesses known) implements Membership {
    @Override public boolean isPopulated() throws IOException { return known.isPopulated(contract); }

    @Override public List<Long> pids() throws IOException {
        List<Long> pids = known.scanned(contract).stream().map(ProcessIdentity::pid).sorted().toList();
        // Somebody has the lock whom we cannot find.
        return pids.isEmpty() && isPopulated() ? List.of(0L) : pids;
    }

    @Override public Optional<Path> watchable() {
        return Optional.empty();
    }

    @Override public Optional<ExitRecord> recordBeside() throws IOException {
        return new ExitRecords(locks.directory()).of(contract);
    }
}
