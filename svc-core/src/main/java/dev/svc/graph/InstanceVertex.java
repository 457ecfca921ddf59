package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// An instance: what is known of it, and the marks that walks over the graph leave on it. One that is named but absent is a vertex too.
final class InstanceVertex extends Vertex {
    private final InstanceFmri fmri;
    private final ServiceVertex service;
    private final Tally needs = new Tally();

    /// What it was configured with; empty: it is absent.
    Optional<Definition> definition = Optional.empty();
    /// Why the definition is not in force; without one its requirements are linked.
    Optional<Command.Misconfigured> flaw = Optional.empty();
    List<Requirement> requirements = List.of();
    State state = State.UNINITIALIZED;
    EnabledSetting enabled = EnabledSetting.DISABLED;

    /// It runs, and is stopping or was told to stop or to disable, and nothing was heard since.
    boolean leaving;
    /// It was last seen fit to be started.
    boolean ready;
    /// It was told to start and nothing was heard since.
    boolean starting;
    /// What happened to a dependency while it was starting; NONE: nothing that matters.
    ErrorClass missed = ErrorClass.NONE;

    /// An administrator's disable is to reach it after its dependents: see [Offlining].
    boolean toDisable;
    /// It is to go offline for the disable of another.
    boolean toOffline;
    /// It was told to go.
    boolean sentDown;
    /// It is marked and running, or one that follows it down is.
    boolean busy;
    int busyDependents;
    /// How many marked instances it follows down: it is not started meanwhile.
    int heldBy;

    /// The milestone includes it: see [Subgraph].
    boolean inside = true;
    int upDependents;

    InstanceVertex(InstanceFmri fmri, ServiceVertex service) {
        super(fmri.toString(), Contributions.ABSENT);
        this.fmri = fmri;
        this.service = service;
    }

    InstanceFmri fmri() {
        return fmri;
    }

    ServiceVertex service() {
        return service;
    }

    Tally needs() {
        return needs;
    }

    boolean isConfigured() { return definition.isPresent(); }

    boolean isEnabled() { return isConfigured() && enabled.effective(); }

    boolean isRunning() { return isConfigured() && state.isRunning(); }

    /// Running or offline: what the end of a shutdown waits for.
    boolean isUp() { return isConfigured() && (state.isRunning() || state == State.OFFLINE); }

    /// Whether all its groups are satisfied. A definition that is not in force cannot be.
    Satisfaction satisfaction() {
        return flaw.isPresent() || !isConfigured() ? Satisfaction.UNSATISFIABLE : needs.all();
    }

    /// Whether it should be started now.
    boolean shouldStart() {
        return isEnabled() && state == State.OFFLINE && !toOffline && !toDisable && heldBy == 0 && satisfaction() == Satisfaction.SATISFIED;
    }

    /// Forgets what was told and heard: it is another instance from now on, or in another state.
    void forgetWhatWasTold() {
        ready = false;
        starting = false;
        leaving = false;
        sentDown = false;
        missed = ErrorClass.NONE;
    }

    /// Every group that names it or its service.
    void forEachDependent(Consumer<Requirement> action) {
        dependents().forEach(action);
        if (isConfigured()) {
            service.dependents().forEach(action);
        }
    }

    @Override Contributions contributions() {
        return isConfigured() ? new Contributions(required(), optional(), excluded()) : Contributions.ABSENT;
    }

    private Contribution required() {
        if (toOffline || toDisable) {
            return Contribution.UNSATISFIABLE;
        }
        return switch (state) {
            case ONLINE, DEGRADED -> leaving ? Contribution.UNSATISFIED : Contribution.SATISFIED;
            case UNINITIALIZED -> Contribution.UNSATISFIED;
            case OFFLINE -> satisfaction() == Satisfaction.UNSATISFIABLE ? Contribution.UNSATISFIABLE : Contribution.UNSATISFIED;
            case DISABLED, MAINTENANCE -> Contribution.UNSATISFIABLE;
        };
    }

    private Contribution optional() {
        if (toOffline || toDisable || !isEnabled()) {
            return Contribution.IGNORED;
        }
        return switch (state) {
            case ONLINE, DEGRADED -> leaving ? Contribution.UNSATISFIED : Contribution.SATISFIED;
            case UNINITIALIZED, DISABLED -> Contribution.UNSATISFIED;
            // Who can never come up by itself is not waited for.
            case OFFLINE -> satisfaction() == Satisfaction.UNSATISFIABLE ? Contribution.SATISFIED : Contribution.UNSATISFIED;
            case MAINTENANCE -> Contribution.IGNORED;
        };
    }

    private Contribution excluded() {
        return switch (state) {
            case ONLINE, DEGRADED -> isEnabled() ? Contribution.UNSATISFIABLE : Contribution.UNSATISFIED;
            case UNINITIALIZED, OFFLINE -> Contribution.UNSATISFIED;
            case DISABLED, MAINTENANCE -> Contribution.SATISFIED;
        };
    }
}
