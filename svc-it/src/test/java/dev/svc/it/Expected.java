package dev.svc.it;

import java.util.Optional;

/// What has to be true of one witness, after all that was acknowledged.
///
/// An act whose outcome nobody was told (a restart, as the manager died under it) may have happened or not; a launcher that was killed
/// may have been seen by the manager as a start that failed, and then its method runs again. So starts are counted from and to.
final class Expected {
    private final Witness witness;
    private boolean exists = true;
    private boolean permanent;
    private Optional<Boolean> override = Optional.empty();
    private boolean maintenance;
    private long number;
    private long leastStarts;
    private long mostStarts;

    Expected(Witness witness) {
        this.witness = witness;
        this.permanent = witness.enabled();
    }

    Witness witness() {
        return witness;
    }

    boolean exists() {
        return exists;
    }

    boolean inMaintenance() {
        return maintenance;
    }

    boolean permanentlyEnabled() {
        return permanent;
    }

    boolean enabled() {
        return override.orElse(permanent);
    }

    /// The value of its property config/n.
    long number() {
        return number;
    }

    /// Whether it may run, but for its dependencies.
    boolean able() {
        return exists && enabled() && !maintenance;
    }

    /// State as `svcs` has it, with dependencies that are satisfied or not.
    String state(boolean satisfied) {
        if (maintenance) {
            return "maintenance";
        }
        return !enabled() ? "disabled" : satisfied ? "online" : "offline";
    }

    long leastStarts() {
        return leastStarts;
    }

    long mostStarts() {
        return mostStarts;
    }

    void startedOnce() {
        leastStarts++;
        mostStarts++;
    }

    void mayHaveStarted() {
        mostStarts++;
    }

    void set(boolean enabled) {
        permanent = enabled;
        override = Optional.empty();
        maintenance &= enabled;
    }

    void setUntilReboot(boolean enabled) {
        override = Optional.of(enabled);
        maintenance &= enabled;
    }

    void mark() {
        maintenance = true;
    }

    void clear() {
        maintenance = false;
    }

    void set(long n) {
        number = n;
    }

    void delete() {
        exists = false;
        maintenance = false;
    }

    /// Imported anew, as its bundle has it.
    void bring() {
        exists = true;
        permanent = witness.enabled();
        override = Optional.empty();
        maintenance = false;
        number = 0;
    }
}
