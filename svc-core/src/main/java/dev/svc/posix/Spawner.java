package dev.svc.posix;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Starts programs that have nothing of ours: each in a session of its own and in `/`, with default signals, and no descriptors but the
/// first three, which are /dev/null.
public interface Spawner {
    /// The quickest one that works here.
    static Spawner best() {
        return NativeSpawner.isSupported() ? new NativeSpawner() : new ProcessSpawner();
    }

    /// Starts the program `words` begins with, an absolute path.
    ///
    /// @param environment all of it
    /// @throws IOException if there is no such program, or the system has no room for a process
    Spawned spawn(List<String> words, Map<String, String> environment) throws IOException;

    /// A program that was started.
    ///
    /// @param end its exit status as a shell tells it: 128 and the signal's number, if a signal ended it
    record Spawned(long pid, CompletableFuture<Integer> end) {}
}
