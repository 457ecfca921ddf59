package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.model.Model;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Changes configuration, one change at a time: each is computed from the model that the one before left, and recorded before the next
/// is looked at.
final class Configuration implements AutoCloseable {
    /// What is to be done, as computed from the model; or why nothing is.
    sealed interface Plan {
        record Apply(Administration.Apply request) implements Plan {}

        record Nothing(Answer answer) implements Plan {}
    }

    private final Administered engine;
    private final ExecutorService turns = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("configuration").factory());

    Configuration(Administered engine) {
        this.engine = engine;
    }

    /// Computes a plan from the model as it is then, and carries it out; yields what became of it.
    Answer change(Function<Model, Plan> planning) {
        return CompletableFuture.supplyAsync(() -> switch (planning.apply(engine.published().model())) {
            case Plan.Apply apply -> engine.submit(apply.request()).join();
            case Plan.Nothing nothing -> nothing.answer();
        }, turns).join();
    }

    @Override public void close() {
        turns.shutdownNow();
    }
}
