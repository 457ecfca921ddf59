package dev.svc.engine;

import dev.svc.fmri.FileFmri;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The files that dependencies name: watched, and looked at when they may have come or gone.
final class DependencyFiles {
    private final Instances instances;
    private final Surroundings surroundings;
    private final Surroundings.FileWatch watch;
    private Set<FileFmri> watched = Set.of();

    DependencyFiles(Instances instances, Surroundings surroundings, Surroundings.FileWatch watch) {
        this.instances = instances;
        this.surroundings = surroundings;
        this.watch = watch;
    }

    /// Watches what is named now.
    void follow() {
        Set<FileFmri> files = Set.copyOf(instances.files());
        if (!files.equals(watched)) {
            watched = files;
            watch.watch(paths());
        }
        // Watch first, look second: a file that appears between the two would otherwise never be seen.
        List<FileFmri> unseen = instances.unseenFiles();
        if (!unseen.isEmpty()) {
            look(unseen);
        }
    }

    void look() {
        look(watched);
    }

    private void look(Collection<FileFmri> files) {
        for (FileFmri file : files) {
            instances.filePresence(file, surroundings.exists(Path.of(file.path())));
        }
        watch.watch(paths());
    }

    private List<Path> paths() {
        return watched.stream().map(f -> Path.of(f.path())).toList();
    }

    void close() {
        watch.close();
    }
}
