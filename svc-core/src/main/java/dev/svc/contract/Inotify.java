package dev.svc.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The kernel's reports of what changes in directories, taken by a thread of its own, `svc-inotify`. The kernel may refuse to watch one,
/// or any: limits of inotify(7).
final class Inotify implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Inotify.class.getName());

    /// How long the end of the thread is awaited; it never waits for anything but reports.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Optional<WatchService> service = service();
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private Optional<Thread> thread = Optional.empty();

    /// Hears the reports, on the thread of theirs.
    interface Listener {
        void reported(WatchKey key, List<WatchEvent<?>> events);

        /// Nothing more is reported of this directory.
        void isGone(WatchKey key);

        /// Nothing more is reported at all.
        void reportsNoMore();
    }

    private static Optional<WatchService> service() {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "inotify cannot be used: {0}; contracts are looked at each second", e.getMessage());
            return Optional.empty();
        }
    }

    /// Has changes of a directory reported; they are kept until [#begin]. Empty if it is refused. For any thread.
    Optional<WatchKey> register(Path directory, WatchEvent.Kind<Path> kind) {
        if (service.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(directory.register(service.get(), kind));
        } catch (IOException e) {
            // Refused once, for the limit of watches is reached, it will be refused for all that follow.
            if (refusalTold.compareAndSet(false, true)) {
                LOGGER.log(System.Logger.Level.WARNING,
                        "{0} cannot be watched: {1}; it, and whatever else is refused, is looked at each second", directory,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    /// Reports from now on.
    void begin(Listener listener) {
        thread = service.map(it -> Thread.ofPlatform().name("svc-inotify").daemon().start(() -> forward(it, listener)));
    }

    private static void forward(WatchService service, Listener listener) {
        try {
            while (true) {
                WatchKey key = service.take();
                List<WatchEvent<?>> events = key.pollEvents();
                boolean valid = key.reset();
                listener.reported(key, events);
                if (!valid) {
                    listener.isGone(key);
                }
            }
        } catch (ClosedWatchServiceException _) {
            // We were closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever ended it: nobody reports any more.
            listener.reportsNoMore();
        }
    }

    @Override public void close() {
        try {
            if (service.isPresent()) {
                service.get().close();
            }
            if (thread.isPresent()) {
                thread.get().join(FAREWELL);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
