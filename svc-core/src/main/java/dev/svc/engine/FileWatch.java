package dev.svc.engine;

import dev.svc.fmri.FileFmri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells when files that dependencies name may have come or gone: each is watched through the nearest directory above it that exists.
///
/// SMF looks at files only when something else happens; here a file that appears starts what waits for it. Used by the engine thread.
final class FileWatch implements AutoCloseable {
    private final DirectoryWatch directories;
    private final Map<Path, List<WatchKey>> keys = new HashMap<>();

    /// @param mayHaveChanged called from a thread of its own
    FileWatch(Runnable mayHaveChanged) throws IOException {
        directories = new DirectoryWatch(DirectoryWatch.Of.NAMES, _ -> mayHaveChanged.run());
    }

    /// Watches for exactly these files from now on. Those below a directory that cannot be watched are still looked at whenever
    /// something else happens.
    void watch(Set<FileFmri> files) {
        Set<Path> wanted = new HashSet<>();
        files.forEach(f -> wanted.add(nearestDirectory(Path.of(f.path()))));
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
