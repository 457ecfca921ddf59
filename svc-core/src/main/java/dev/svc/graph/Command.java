package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import java.util.Optional;

/// What the graph wants of one instance. Whoever carries commands out does so in the order given; all of them may be repeated.
public sealed interface Command {
    InstanceFmri fmri();

    /// Remember this as the instance's temporary setting, or that it has none: a milestone keeps it down, or no longer does. The Enable
    /// or Disable that follows from it comes as a command of its own.
    record Override(InstanceFmri fmri, Optional<Boolean> temporary) implements Command {}

    /// It is effectively enabled (also told when nothing changed).
    record Enable(InstanceFmri fmri) implements Command {}

    /// It is effectively disabled (also told when nothing changed).
    record Disable(InstanceFmri fmri, By by) implements Command {}

    /// Its dependencies are satisfied and it may run.
    record Start(InstanceFmri fmri) implements Command {}

    /// It must stop for a dependency and be offline until it may start again.
    ///
    /// @param cause what happened to the dependency; [ErrorClass#FAULT] alone counts against the rate limit of the dependent
    record Stop(InstanceFmri fmri, ErrorClass cause) implements Command {}

    /// Its definition cannot be put in force: it goes to maintenance.
    ///
    /// @param reason dependency_cycle, invalid_dependency or invalid_restarter
    /// @param sentence what is wrong, for its log; a cycle is spelled out whole
    record Misconfigured(InstanceFmri fmri, Reason reason, String sentence) implements Command {}

    /// On whose behalf an instance is disabled: only an administrator takes one out of maintenance.
    enum By {
        GRAPH, ADMINISTRATOR
    }
}
