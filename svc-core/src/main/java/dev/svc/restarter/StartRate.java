package dev.svc.restarter;

import dev.svc.model.Definition.RateLimit;
import java.util.List;
import java.util.stream.Stream;

/// How often an instance was started: its last `count` starts with a mean distance below `period` are too many.
///
/// SMF's rule (svc.startd(8) documents another one), with the ring as long as `count` says. All starts count, not only failed ones.
final class StartRate {
    private StartRate() {}

    /// The record of starts with one more at `now`, cut to what the rule looks at.
    static List<BootTime> with(List<BootTime> attempts, BootTime now, RateLimit limit) {
        List<BootTime> all = Stream.concat(attempts.stream(), Stream.of(now)).toList();
        return all.subList(Math.max(0, all.size() - ring(limit)), all.size());
    }

    /// Whether the recorded starts are too many.
    static boolean exceeded(List<BootTime> attempts, RateLimit limit) {
        int ring = ring(limit);
        if (attempts.size() < ring) {
            return false;
        }
        BootTime first = attempts.get(attempts.size() - ring);
        return attempts.getLast().since(first).dividedBy(ring - 1).compareTo(limit.period()) < 0;
    }

    // One start has no distance: a count of 1 means that the second start within the period is too many.
    private static int ring(RateLimit limit) {
        return Math.max(2, limit.count());
    }
}
