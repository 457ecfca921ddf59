package dev.svc.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The counter by which a group with the memory controller tells how many of its processes the kernel killed because memory ran out: a
/// line `oom_kill 3` of `memory.events.local`.
final class OomKills {
    private static final String COUNTER = "oom_kill ";

    private OomKills() {}

    /// The counter; nothing if the file is not there, or has none.
    static OptionalLong count(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(COUNTER))
                    .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length()).strip()))
                    .findFirst();
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
