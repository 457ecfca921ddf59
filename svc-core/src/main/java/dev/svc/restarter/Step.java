package dev.svc.restarter;

import dev.svc.model.Transition;
import java.util.List;

/// What an event makes of an instance: the next label, the effects in order, and what the graph is to be told.
public record Step(Label label, List<Effect> effects, List<Transition> transitions) {
    public Step {
        effects = List.copyOf(effects);
        transitions = List.copyOf(transitions);
    }

    public static Step unchanged(Label label) {
        return new Step(label, List.of(), List.of());
    }
}
