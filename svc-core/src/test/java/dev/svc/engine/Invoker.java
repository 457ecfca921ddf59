package dev.svc.engine;

import java.io.IOException;
import java.time.Duration;

/// Makes the turns of an engine in the caller's own thread.
public final class Invoker {
    private final Adopted adopted;

    /// Takes over, without a turn.
    public Invoker(Adoption.Setting setting, Surroundings surroundings) throws IOException {
        adopted = Adoption.adopt(setting, surroundings);
    }

    public Engine engine() {
        return adopted.engine();
    }

    public void begin() {
        adopted.engine().begin(adopted.first());
    }

    /// Handles what waits. Yields false if the manager ends.
    public boolean turn() {
        try {
            adopted.engine().turn(Duration.ZERO);
            return !adopted.engine().isQuitting();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void turnOfRepository() {
        try {
            adopted.commits().turn(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the engine has messages that wait.
    public boolean hasMessages() {
        return adopted.engine().hasMessages();
    }

    public boolean hasCommits() {
        return adopted.commits().hasWork();
    }

    /// How long until the engine has something to do by itself.
    public Duration untilDue() {
        return adopted.engine().untilDue();
    }

    /// An orderly end.
    public void end() {
        adopted.engine().finish();
        adopted.commits().end();
        while (adopted.commits().hasWork()) {
            turnOfRepository();
        }
        adopted.engine().ended(0);
    }
}
