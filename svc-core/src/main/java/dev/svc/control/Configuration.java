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
/// is looked at. What does not come this way (`svcadm enable`, `refresh`, a restore) may still come between: the engine then says that
/// there is a conflict, and the change is computed anew.
final class Configuration implements AutoCloseable {
    /// What is to be done, as computed from the model; or why nothing is.
    sealed interface Plan {
        record Apply(Administration.Apply request) implements Plan {}

        record Nothing(Answer answer) implements Plan {}
    }

    /// How often a change is computed before the asker is told to try again himself.
    private static final int ATTEMPTS = 5;

    private final Administered engine;
    private final ExecutorService turns = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("configuration").factory());

    Configuration(Administered engine) {
        this.engine = engine;
    }

    /// Computes a plan from the model as it is then, and carries it out; yields what became of it.
    ///
    /// @param planning is called again where somebody else was faster
    Answer change(Function<Model, Plan> planning) {
        return CompletableFuture.supplyAsync(() -> {
            Answer answer = attempt(planning);
            for (int again = 1; answer instanceof Answer.Conflict && again < ATTEMPTS; again++) {
                answer = attempt(planning);
            }
            return answer;
        }, turns).join();
    }

    private Answer attempt(Function<Model, Plan> planning) {
        return switch (planning.apply(engine.published().model())) {
            case Plan.Apply apply -> engine.submit(apply.request()).join();
            case Plan.Nothing nothing -> nothing.answer();
        };
    }

    @Override public void close() {
        turns.shutdownNow();
    }
}
