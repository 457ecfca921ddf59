package dev.svc.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The place where the engine leaves its snapshots and readers wait for newer ones. Written by one thread, read by any.
final class Publication {
    private record Latest(Published published, CompletableFuture<Void> superseded) {}

    private volatile Latest latest;

    Publication(Published first) {
        latest = new Latest(first, new CompletableFuture<>());
    }

    Published published() {
        return latest.published;
    }

    void publish(Published next) {
        Latest old = latest;
        latest = new Latest(next, new CompletableFuture<>());
        old.superseded.complete(null);
    }

    Published awaitNewer(long version, Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        Latest seen = latest;
        while (seen.published.version() <= version) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                seen.superseded.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                break;
            } catch (ExecutionException e) {
                throw new BugException("a publication cannot fail: " + e);
            }
            seen = latest;
        }
        return latest.published;
    }
}
