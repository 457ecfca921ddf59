package dev.svc.contract;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.fmri.InstanceFmri;
import dev.svc.posix.ProcessIdentity;
import dev.svc.restarter.ContractId;
import java.util.Optional;
import java.util.OptionalInt;

/// What the watch thread, its only user, knows of one contract.
final class Watched {
    /// What was last seen inside.
    enum Seen {
        /// Nobody yet: empty because nobody came, as far as we know.
        NOBODY,
        SOMEBODY,
        /// Nobody any more, and that was told.
        EMPTIED
    }

    /// Whether, now that it is empty, the deaths of its last members were heard of, which comes first.
    enum Deaths {
        UNASKED,
        /// What the kernel has told by then is being told to us.
        ASKED,
        /// It has not told yet of a death that it may, or will, tell of.
        AWAITED, HEARD
    }

    final InstanceFmri fmri;
    final ContractId contract;
    final Membership membership;

    Seen seen;
    /// How its method ended, once that was told.
    Optional<ExitRecord> record = Optional.empty();
    /// SIGKILL was sent to all of it: that its launcher goes without a record is no news.
    boolean killed;
    /// It could not be revoked, so that it is empty must be told, even again.
    boolean emptyOwed;
    /// Nobody reports its changes: it is looked at each second.
    boolean unreported;
    Deaths deaths = Deaths.UNASKED;
    /// Until when a death is awaited, on the clock of [System#nanoTime].
    long awaitedUntil;
    /// An error kept us from knowing how it is: it is looked at again within a second.
    boolean lookOwed;
    /// How its launcher ended, until that was acted upon.
    OptionalInt launcherEnded = OptionalInt.empty();
    /// A launcher that a former manager spawned: it is no child of ours.
    Optional<ProcessIdentity> adopted = Optional.empty();
    /// Until when, on the clock of [System#nanoTime], a signal by which a process of it dies may be ours, or one of our methods'.
    long excusedUntil = System.nanoTime();

    Watched(InstanceFmri fmri, ContractId contract, Membership membership, Seen seen) {
        this.fmri = fmri;
        this.contract = contract;
        this.membership = membership;
        this.seen = seen;
    }

    boolean isAwaitingDeath() { return deaths == Deaths.AWAITED; }

    boolean needsLook() {
        return unreported && seen != Seen.EMPTIED || lookOwed || deaths == Deaths.ASKED;
    }
}
