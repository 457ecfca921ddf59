package dev.svc.engine;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.function.Consumer;

/// Tells that something changed in directories, from a thread of its own.
final class DirectoryWatch implements Surroundings.Watch {
    private static final System.Logger LOG = System.getLogger(DirectoryWatch.class.getName());

    /// Which changes are told.
    enum Of {
        NAMES, NAMES_AND_CONTENT
    }

    private final WatchService service;
    private final Of of;

    DirectoryWatch(Of of, Consumer<Path> changed) throws IOException {
        this.of = of;
        service = FileSystems.getDefault().newWatchService();
        Thread.ofVirtual().name("directory-watch").start(() -> forward(changed));
    }

    /// Watches a directory from now on. Yields nothing but a warning if it cannot be watched.
    List<WatchKey> watch(Path directory) {
        try {
            return List.of(of == Of.NAMES
                    ? directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE)
                    : directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE,
                            StandardWatchEventKinds.ENTRY_MODIFY));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, directory + ": cannot be watched: " + e);
            return List.of();
        }
    }

    private void forward(Consumer<Path> changed) {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                changed.accept((Path) key.watchable());
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            // closed: the end
        }
    }

    @Override public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a watch", e);
        }
    }
}
