package dev.svc.contract;

import dev.svc.posix.HeldProcess;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The sending of one signal to every process of a contract, then to those which came meanwhile, until no new one turns up.
///
/// No other process gets it. The members are listed, held, and listed again: a pid that was given away in between is not in the contract
/// the second time, or is a process of the contract after all; and once a process is held the signal goes to it or to nobody.
final class Signalling {
    /// A contract that forks faster than it can be signalled is left to its deadline, and then to SIGKILL.
    private static final int MOST_PASSES = 100;

    /// How many processes are held at once: each is a descriptor.
    private static final int MOST_HELD = 100;

    private final Listing listing;
    private final Signal signal;
    private final Set<ProcessIdentity> signalled = new HashSet<>();
    private Optional<IOException> failure = Optional.empty();

    private Signalling(Listing listing, Signal signal) {
        this.listing = listing;
        this.signal = signal;
    }

    /// Tells which processes are in a contract at this moment; 0 is one of a foreign PID namespace.
    interface Listing {
        List<Long> pids() throws IOException;
    }

    /// @throws IOException if a process that is still there could not be signalled; the others were
    static void send(Listing listing, Signal signal) throws IOException {
        Signalling signalling = new Signalling(listing, signal);
        int passes = 0;
        while (signalling.pass() && ++passes < MOST_PASSES) {
            // What the last pass found may have forked.
        }
        if (signalling.failure.isPresent()) {
            throw signalling.failure.get();
        }
    }

    private boolean pass() throws IOException {
        int before = signalled.size();
        List<Long> pids = listing.pids();
        for (int from = 0; from < pids.size(); from += MOST_HELD) {
            signalHeld(pids.subList(from, Math.min(from + MOST_HELD, pids.size())));
        }
        return signalled.size() > before;
    }

    private void signalHeld(List<Long> pids) throws IOException {
        List<HeldProcess> held = new ArrayList<>();
        try {
            for (long pid : pids) {
                // To kill(2) pid 0 would be our own process group.
                if (pid != 0) {
                    HeldProcess.of(pid).ifPresent(held::add);
                }
            }
            Set<Long> still = new HashSet<>(listing.pids());
            held.stream().filter(process -> still.contains(process.identity().pid())).forEach(this::signalOnce);
        } finally {
            held.forEach(HeldProcess::close);
        }
    }

    private void signalOnce(HeldProcess process) {
        if (signalled.add(process.identity())) {
            try {
                process.send(signal);
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
    }
}
