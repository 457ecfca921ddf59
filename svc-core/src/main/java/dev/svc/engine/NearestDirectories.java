package dev.svc.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells when files may have come or gone: each is watched through the nearest directory above it that exists.
///
/// SMF looks at files only when something else happens; here a file that appears starts what waits for it. Used by the engine thread.
final class NearestDirectories implements Surroundings.FileWatch {
    private final DirectoryWatch directories;
    private final Map<Path, List<WatchKey>> keys = new HashMap<>();

    /// @param mayHaveChanged called from a thread of its own
    NearestDirectories(Runnable mayHaveChanged) throws IOException {
        directories = new DirectoryWatch(DirectoryWatch.Of.NAMES, _ -> mayHaveChanged.run());
    }

    @Override public void watch(Iterable<Path> files) {
        Set<Path> wanted = new HashSet<>();
        files.forEach(f -> wanted.add(nearestDirectory(f)));
        keys.entrySet().removeIf(e -> {
            boolean stale = !wanted.contains(e.getKey()) || !e.getValue().stream().allMatch(WatchKey::isValid);
            if (stale) {
                e.getValue().forEach(WatchKey::cancel);
            }
            return stale;
        });
        wanted.forEach(directory -> keys.computeIfAbsent(directory, directories::watch));
    }

    private static Path nearestDirectory(Path file) {
        Path directory = file.getParent();
        while (directory != null && !Files.isDirectory(directory)) {
            directory = directory.getParent();
        }
        return directory == null ? Path.of("/") : directory;
    }

    @Override public void close() {
        directories.close();
    }
}
