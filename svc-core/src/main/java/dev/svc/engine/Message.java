package dev.svc.engine;

import dev.svc.repository.Finding;
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
    record Mended(List<String> notices) implements Message {}

    /// From the repository thread: it is time to look at some labels.
    record LabelsDue() implements Message {}

    /// From the control server: all labels are to be looked at.
    record LabelsAsked(CompletableFuture<List<Finding>> answer) implements Message {}

    /// From the file watch: files that dependencies name may have come or gone.
    record FilesMayHaveChanged() implements Message {}

    /// From the signal handler: end the manager, leave services alone.
    record Terminated() implements Message {}
}
