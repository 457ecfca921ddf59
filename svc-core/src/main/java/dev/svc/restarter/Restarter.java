package dev.svc.restarter;

import dev.svc.model.Definition;

/// The rules of one instance's life: what an event makes of it.
public final class Restarter {
    private Restarter() {}

    /// What `event` makes of the instance whose label is `label`: the next label, the effects to be carried out in order, and what
    /// the graph is to be told. Takes at most one contract id, [Moment#nextContract], by an [Effect.CreateContract].
    ///
    /// @param definition what is configured now; for an instance that has none (deleted, or lost with the repository) the stand-in
    ///     that takeover yields
    public static Step step(Definition definition, Label label, Event event, Moment moment) {
        throw new UnsupportedOperationException("the rules are not written yet");
    }
}
