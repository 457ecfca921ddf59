package dev.svc.contract;

import dev.svc.posix.Flock;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.ProcessTable;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The processes of contracts where there are no cgroups: who carries a cookie, who descends from one who did, and who was seen to do
/// either before and is still alive.
///
/// They are found by scanning `/proc`. What was found is kept from scan to scan, because a process may wipe its environment and lose its
/// parent. From any thread, one at a time: two who try the lock of a contract at once would each see it held by the other.
final class KnownProcesses {
    private final Cookie cookie;
    private final LockDirectory locks;
    private final Map<ContractId, Set<ProcessIdentity>> known = new HashMap<>();
    private final Map<ContractId, Set<ProcessIdentity>> remembered = new HashMap<>();

    KnownProcesses(Cookie cookie, LockDirectory locks) {
        this.cookie = cookie;
        this.locks = locks;
    }

    /// Takes up what a former manager knew of a contract.
    synchronized void recall(ContractId contract) throws IOException {
        known.computeIfAbsent(contract, _ -> new HashSet<>()).addAll(locks.remembered(contract));
    }

    /// The processes of a contract now.
    synchronized Set<ProcessIdentity> scanned(ContractId contract) throws IOException {
        scan();
        return Set.copyOf(known.getOrDefault(contract, Set.of()));
    }

    /// Whether a process is in a contract now.
    synchronized boolean isPopulated(ContractId contract) throws IOException {
        // One that was known at the last scan and is still alive suffices, and is cheap; that there is none must be found out.
        return known.getOrDefault(contract, Set.of()).stream().anyMatch(ProcessIdentity::isAlive)
                || locks.isHeld(contract)
                || !scanned(contract).isEmpty();
    }

    /// Makes a contract unenterable and removes it, unless a process is inside.
    synchronized boolean isRemoved(ContractId contract) throws IOException {
        if (!Files.exists(locks.file(contract))) {
            return true;
        }
        Optional<Flock> lock = Flock.tryExclusive(locks.file(contract));
        if (lock.isEmpty()) {
            return false;
        }
        // As long as we have the lock nobody joins; whoever waits for it finds the file gone.
        try (Flock _ = lock.get()) {
            if (!scanned(contract).isEmpty()) {
                return false;
            }
            locks.remove(contract);
            known.remove(contract);
            remembered.remove(contract);
            return true;
        }
    }

    /// Looks at all processes, so that descendants are known before they lose their parents.
    synchronized void scan() throws IOException {
        Map<Long, ProcessStat> table = new HashMap<>();
        ProcessTable.read().processes().forEach(process -> table.put(process.pid(), process));
        Map<ProcessIdentity, ContractId> before = new HashMap<>();
        known.forEach((contract, processes) -> processes.forEach(process -> before.put(process, contract)));
        Map<Long, Optional<ContractId>> memberships = new HashMap<>();
        Set<ProcessIdentity> withoutCookie = new HashSet<>();
        known.values().forEach(Set::clear);
        for (ProcessStat process : table.values()) {
            membership(process, table, before, memberships).ifPresent(contract -> {
                known.computeIfAbsent(contract, _ -> new HashSet<>()).add(process.identity());
                if (cookie.carriedBy(process.pid()).isEmpty()) {
                    withoutCookie.add(process.identity());
                }
            });
        }
        remember(withoutCookie);
    }

    private Optional<ContractId> membership(ProcessStat process, Map<Long, ProcessStat> table, Map<ProcessIdentity, ContractId> before,
            Map<Long, Optional<ContractId>> memberships) {
        Optional<ContractId> decided = memberships.get(process.pid());
        if (decided != null) {
            return decided;
        }
        Optional<ContractId> membership = Optional.ofNullable(before.get(process.identity())).or(() -> cookie.carriedBy(process.pid()));
        ProcessStat parent = table.get(process.parent());
        if (membership.isEmpty() && parent != null && parent.pid() != process.pid()) {
            membership = membership(parent, table, before, memberships);
        }
        memberships.put(process.pid(), membership);
        return membership;
    }

    private void remember(Set<ProcessIdentity> withoutCookie) throws IOException {
        for (Map.Entry<ContractId, Set<ProcessIdentity>> contract : known.entrySet()) {
            Set<ProcessIdentity> unmarked = new HashSet<>(contract.getValue());
            unmarked.retainAll(withoutCookie);
            if (!unmarked.equals(remembered.getOrDefault(contract.getKey(), Set.of()))) {
                locks.remember(contract.getKey(), unmarked);
                remembered.put(contract.getKey(), unmarked);
            }
        }
    }
}
