package dev.svc.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What arrives in the engine's queue.
sealed interface Message {
    /// From the kernel, or a launch that failed.
    record Happened(Told told) implements Message {}

    /// From the control server.
    record Asked(Administration request, CompletableFuture<Answer> answer) implements Message {}

    /// From the repository thread.
    record CommitEnded(Commits.Result result) implements Message {}

    /// From the repository thread: it found damage and mended it.
    record RepositoryMended(List<String> notices) implements Message {}

    /// From the file watch: files that dependencies name may have come or gone.
    record FilesMayHaveChanged() implements Message {}

    /// From the signal handler: end the manager, leave services alone.
    record Terminated() implements Message {}
}
