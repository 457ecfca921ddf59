package dev.svc.model;

import java.util.Optional;

/// The place of an administrative change in history: epoch (a counter with a random suffix) and number within it.
public record Sequence(long epoch, String epochSuffix, long number) {
    /// Older than every change.
    public static final Sequence NONE = new Sequence(0, "", 0);

    /// Whether this is newer than `other`; empty if neither is (equal counters of epochs with different suffixes).
    public Optional<Boolean> newerThan(Sequence other) {
        if (epoch != other.epoch) {
            return Optional.of(epoch > other.epoch);
        }
        if (!epochSuffix.equals(other.epochSuffix)) {
            return Optional.empty();
        }
        return Optional.of(number > other.number);
    }

    public Sequence next() {
        return new Sequence(epoch, epochSuffix, number + 1);
    }

    public Sequence withNumber(long other) {
        return new Sequence(epoch, epochSuffix, other);
    }
}
