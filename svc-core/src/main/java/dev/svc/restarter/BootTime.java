package dev.svc.restarter;

import java.time.Duration;

/// A moment on CLOCK_MONOTONIC, in nanoseconds since some start of this boot: it outlives the manager, ignores changes of the wall
/// clock and stands still in suspend.
public record BootTime(long nanos) implements Comparable<BootTime> {
    public BootTime plus(Duration span) {
        return new BootTime(nanos + span.toNanos());
    }

    public Duration since(BootTime earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /// Whether this moment is at or after `deadline`.
    public boolean reached(BootTime deadline) {
        return nanos >= deadline.nanos;
    }

    @Override public int compareTo(BootTime other) {
        return Long.compare(nanos, other.nanos);
    }
}
