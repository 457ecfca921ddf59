package dev.svc.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the manager was given by whoever started it and changed for itself: methods are to have the original again. Read from the
/// parent, the keeper, which changed nothing.
///
/// @param oomScore `oom_score_adj`, if it is not our own
/// @param openFiles soft limit of open files (the JVM raises its own to the hard limit), if it is not our own
public record Inherited(Optional<String> oomScore, Optional<String> openFiles) {
    public static Inherited fromParent() {
        Path parent = Path.of("/proc/" + ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
        Path self = Path.of("/proc/self");
        return new Inherited(
                read(parent.resolve("oom_score_adj")).filter(score -> !read(self.resolve("oom_score_adj")).equals(Optional.of(score))),
                openFiles(parent).filter(limit -> !openFiles(self).equals(Optional.of(limit))));
    }

    private static Optional<String> openFiles(Path process) {
        return read(process.resolve("limits"))
                .flatMap(limits -> limits.lines().filter(line -> line.startsWith("Max open files")).findFirst())
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+")[0]);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
