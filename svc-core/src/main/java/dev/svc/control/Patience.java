package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.World;
import dev.svc.model.State;
import dev.svc.protocol.MalformedLineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Waits for instances to get where they were sent (`svcadm -s`), one after another, and says why one will not.
///
/// @param signOfLife after so long the client hears that we still wait; it is also how soon we notice that it left
record Patience(Administered engine, Worlds worlds, Duration signOfLife) {
    /// Whether it still can be is looked at that often at most, as long as things are in motion.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /// Until when a request waits.
    private record Limit(OptionalLong seconds, long began) {
        private static final Duration FOREVER = Duration.ofDays(1);

        Duration left() {
            if (seconds.isEmpty()) {
                return FOREVER;
            }
            return Duration.ofSeconds(seconds.getAsLong()).minusNanos(System.nanoTime() - began);
        }

        boolean isOver() { return seconds.isPresent() && !left().isPositive(); }
    }

    /// Waits for each instance in turn; what comes of it is said.
    void await(Inquiry inquiry, List<InstanceFmri> instances, Goal goal) throws IOException, InterruptedException {
        Limit limit = limit(inquiry);
        for (InstanceFmri fmri : instances) {
            switch (verdict(inquiry, fmri, goal, limit)) {
                case Verdict.Reached _ -> { /* says nothing */ }
                case Verdict.Never(var why, var status) -> inquiry.replies().warning(why, status);
                case Verdict.NotYet _ -> inquiry.replies().warning("Instance \"" + fmri + "\" is not " + goal.what() + " after "
                        + limit.seconds().orElseThrow() + " s; it is " + state(fmri) + ".", ExitStatus.INSTANCE);
            }
        }
    }

    /// Waits until a snapshot is as wished; yields false if the time was over before.
    boolean await(Inquiry inquiry, Predicate<Published> wish) throws IOException, InterruptedException {
        Limit limit = limit(inquiry);
        Published published = engine.published();
        while (!wish.test(published)) {
            if (limit.isOver()) {
                return false;
            }
            published = next(inquiry, published, shorter(signOfLife, limit.left()));
        }
        return true;
    }

    private Verdict verdict(Inquiry inquiry, InstanceFmri fmri, Goal goal, Limit limit) throws IOException, InterruptedException {
        Published published = engine.published();
        long looked = System.nanoTime() - BETWEEN_LOOKS.toNanos();
        while (true) {
            Verdict verdict = goal.verdict(fmri, InstanceLines.standing(fmri, published));
            boolean look = published.settled() || System.nanoTime() - looked >= BETWEEN_LOOKS.toNanos();
            if (verdict instanceof Verdict.NotYet && look) {
                World world = worlds.of(published);
                verdict = goal.outlook(fmri, world);
                looked = System.nanoTime();
            }
            if (!(verdict instanceof Verdict.NotYet) || limit.isOver()) {
                return verdict;
            }
            published = next(inquiry, published, shorter(look ? signOfLife : BETWEEN_LOOKS, limit.left()));
        }
    }

    private Published next(Inquiry inquiry, Published before, Duration longest) throws IOException, InterruptedException {
        Published published = engine.awaitNewer(before.version(), longest);
        if (published.version() == before.version()) {
            inquiry.replies().keepAlive();
        }
        return published;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private String state(InstanceFmri fmri) {
        return InstanceLines.standing(fmri, engine.published()).map(s -> {
            Optional<State> next = s.label().phase().nextState();
            return s.label().state().word() + next.map(n -> " on the way to " + n.word()).orElse("");
        }).orElse("gone");
    }

    private static Limit limit(Inquiry inquiry) throws MalformedLineException {
        OptionalLong seconds = inquiry.asked().tryNumber("timeout");
        if (seconds.isPresent() && (seconds.getAsLong() < 0 || seconds.getAsLong() > Integer.MAX_VALUE)) {
            throw new MalformedLineException("member \"timeout\" is " + seconds.getAsLong() + "; it must be from 0 to 2147483647 seconds");
        }
        return new Limit(seconds, System.nanoTime());
    }
}
