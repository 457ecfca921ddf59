package dev.svc.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Answers to administrative requests, kept back until the published snapshot shows what came of them.
final class Answers {
    private final List<Runnable> kept = new ArrayList<>();

    void give(CompletableFuture<Answer> to, Answer answer) {
        kept.add(() -> to.complete(answer));
    }

    void deliver() {
        kept.forEach(Runnable::run);
        kept.clear();
    }
}
