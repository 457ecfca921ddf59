package dev.svc.contract;

import dev.svc.contract.Contracts.Member;
import dev.svc.posix.BootClock;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.Signal;
import dev.svc.posix.Signals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is done with the processes of a contract one by one.
final class Processes {
    /// A contract that forks faster than it can be signalled is left to its deadline, and then to SIGKILL.
    private static final int MOST_PASSES = 100;

    private Processes() {}

    /// Tells which processes are in a contract at this moment.
    interface Listing {
        List<Long> pids() throws IOException;
    }

    /// Signals every process, then those which came meanwhile, until no new one turns up.
    ///
    /// @throws IOException if a process that is still there could not be signalled; the others were
    static void signal(Listing listing, Signal signal) throws IOException {
        Set<ProcessIdentity> signalled = new HashSet<>();
        Optional<IOException> failure = Optional.empty();
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            List<ProcessIdentity> fresh = present(listing);
            fresh.removeAll(signalled);
            if (fresh.isEmpty()) {
                break;
            }
            for (ProcessIdentity process : fresh) {
                signalled.add(process);
                try {
                    Signals.send(process, signal);
                } catch (IOException e) {
                    failure = Optional.of(e);
                }
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    // Listed, identified, and listed again: a pid that was given away in between is not in the contract the second time, or is a
    // process of the contract after all. 0 is a process of a foreign PID namespace; to kill(2) it would be our own process group.
    private static List<ProcessIdentity> present(Listing listing) throws IOException {
        List<ProcessIdentity> identified = new ArrayList<>();
        for (long pid : listing.pids()) {
            if (pid != 0) {
                ProcessStat.of(pid).filter(stat -> !stat.isZombie()).ifPresent(stat -> identified.add(stat.identity()));
            }
        }
        Set<Long> still = new HashSet<>(listing.pids());
        identified.removeIf(process -> !still.contains(process.pid()));
        return identified;
    }

    /// The processes of those pids, by pid; without zombies and those that are gone.
    static List<Member> members(List<Long> pids) throws IOException {
        BootClock clock = BootClock.read();
        List<Member> members = new ArrayList<>();
        for (long pid : pids) {
            ProcessStat.of(pid)
                    .filter(stat -> !stat.isZombie())
                    .ifPresent(stat -> members.add(new Member(
                            pid, clock.seconds(stat.startTicks()), stat.command(),
                            String.join(" ", ProcessStat.commandLine(pid)).strip())));
        }
        members.sort(Comparator.comparingLong(Member::pid));
        return members;
    }
}
