package dev.svc.graph;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.State;
import dev.svc.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All instances with their dependencies: told what happens to them, it says what each is to do.
///
/// Mutable, without effects, deterministic: the same calls yield the same commands. One thread owns it. Every method that yields
/// commands has settled the graph first. An instance that was never added, as the master restarter, changes nothing.
public final class DependencyGraph {
    private final Vertices vertices = new Vertices();
    private final List<InstanceVertex> loaded = new ArrayList<>();
    private final List<Runnable> early = new ArrayList<>();

    private final Settlement settlement = new Settlement();
    private final Offlining offlining = new Offlining(settlement);
    private final Subgraph subgraph = new Subgraph(settlement);
    private final Wiring wiring = new Wiring(vertices, settlement);

    // ---- start-up

    /// Adds an instance as it is found when the manager starts; nothing follows from it before [#settleAll].
    ///
    /// @param side on which it was when its setting was last stored
    public void load(Definition definition, State state, EnabledSetting enabled, Side side) {
        if (Vertices.isManager(definition.fmri())) {
            return;
        }
        InstanceVertex instance = vertices.instance(definition.fmri());
        if (instance.isConfigured()) {
            throw new IllegalArgumentException(definition.fmri() + " was loaded before");
        }
        instance.state = state;
        instance.enabled = enabled;
        instance.inside = side == Side.INSIDE;
        wiring.configure(instance, definition);
        loaded.add(instance);
    }

    /// Puts in force what was loaded: every instance is told whether it is enabled, those that may run are told to start, those that
    /// should not run are taken down. Of a cycle, the member that was loaded last is blamed; a running one only if all of them run, one
    /// in maintenance before all others, after that a disabled one, so that a new manager blames whom the last one blamed.
    ///
    /// @param milestone the one in force
    /// @param entry whether it is new, or was in force before
    public List<Command> settleAll(Milestone milestone, Entry entry) {
        wiring.linkAll(loaded);
        vertices.instances().forEach(settlement::touch);
        subgraph.enter(milestone, entry, vertices.instances(), at(milestone), this::dropOverride);
        for (InstanceVertex instance : loaded) {
            begin(instance);
        }
        loaded.clear();
        early.forEach(Runnable::run);
        early.clear();
        return settlement.settled();
    }

    // ---- configuration

    /// Adds an instance at run time. One that exists is refreshed.
    public List<Command> insert(Definition definition, State state, EnabledSetting enabled) {
        if (Vertices.isManager(definition.fmri())) {
            return List.of();
        }
        InstanceVertex instance = vertices.instance(definition.fmri());
        if (instance.isConfigured()) {
            return refresh(definition);
        }
        offlining.lift();
        instance.state = state;
        instance.enabled = enabled;
        wiring.configure(instance, definition);
        wiring.define(instance, definition);
        offlining.relay();
        review(Optional.of(instance));
        begin(instance);
        return settlement.settled();
    }

    /// Puts a new definition of an instance in force. If it cannot be (a mistake, or it completes a cycle) the instance is told so; it has
    /// no dependencies then until the next refresh, or until it is cleared, when the definition is tried again. A running instance whose
    /// dependencies became unsatisfied is not stopped.
    public List<Command> refresh(Definition definition) {
        Optional<InstanceVertex> found = vertices.configured(definition.fmri());
        if (found.isEmpty()) {
            return List.of();
        }
        InstanceVertex instance = found.get();
        offlining.lift();
        wiring.define(instance, definition);
        offlining.relay();
        complain(instance);
        review(Optional.empty());
        return settlement.settled();
    }

    /// Forgets an instance; its dependents see it stop, with [ErrorClass#RESTART].
    public List<Command> remove(InstanceFmri fmri) {
        Optional<InstanceVertex> found = vertices.configured(fmri);
        if (found.isEmpty()) {
            return List.of();
        }
        InstanceVertex instance = found.get();
        loaded.remove(instance);
        stopDependents(instance, ErrorClass.RESTART);
        offlining.lift();
        offlining.forget(instance);
        instance.forgetWhatWasTold();
        wiring.remove(instance);
        offlining.relay();
        subgraph.arrived(instance);
        review(Optional.empty());
        List<Command> commands = settlement.settled();
        vertices.prune(instance);
        return commands;
    }

    // ---- requests and events

    /// The setting of an instance changed, or was confirmed. An administrator's disable first takes down all that follow it; an enable
    /// ends that.
    public List<Command> setEnabled(InstanceFmri fmri, EnabledSetting setting, Command.By by) {
        Optional<InstanceVertex> found = vertices.configured(fmri);
        if (found.isEmpty()) {
            return List.of();
        }
        InstanceVertex instance = found.get();
        boolean reviewed = instance.enabled.permanent() != setting.permanent();
        apply(instance, setting, by);
        if (reviewed) {
            review(Optional.empty());
        }
        return settlement.settled();
    }

    /// An instance made a step: it completed changes of state, in this order, and is now on its way to `next`, or stays if that is empty.
    /// One that is leaving the running states counts as running for nobody from now on, whoever told it to leave. What happens between
    /// [#load] and [#settleAll] takes effect with the latter.
    public List<Command> stepped(InstanceFmri fmri, List<Transition> completed, Optional<State> next) {
        Optional<InstanceVertex> found = vertices.configured(fmri);
        if (found.isEmpty()) {
            return List.of();
        }
        if (!loaded.isEmpty()) {
            // Where it is now counts when all begins: told to leave where it no longer is, an instance whose stop failed would leave the
            // maintenance that it is in for that.
            completed.forEach(transition -> found.get().state = transition.to());
            early.add(() -> react(fmri, completed, next));
            return List.of();
        }
        react(fmri, completed, next);
        return settlement.settled();
    }

    /// Somebody looked whether one of [#files] exists. A file that vanishes stops nobody, as in SMF; one that appears starts who waited
    /// for it, which SMF does only when something else happens.
    public List<Command> filePresence(FileFmri fmri, boolean present) {
        vertices.known(fmri).ifPresent(file -> {
            file.present(present);
            settlement.touch(file);
        });
        return settlement.settled();
    }

    /// Somebody asked for a milestone: what is outside it is temporarily disabled, dependents first; inside and with
    /// [Milestone.All] temporary settings are dropped. Asking for the one in force changes nothing.
    public List<Command> milestone(Milestone milestone) {
        if (!milestone.equals(subgraph.milestone())) {
            subgraph.enter(milestone, Entry.REQUESTED, vertices.instances(), at(milestone), this::dropOverride);
        }
        return settlement.settled();
    }

    // ---- what is so

    /// On which side of the milestone in force an instance is.
    public Side side(InstanceFmri fmri) {
        return vertices.configured(fmri).filter(instance -> !instance.inside).isPresent() ? Side.OUTSIDE : Side.INSIDE;
    }

    public Milestone milestone() {
        return subgraph.milestone();
    }

    /// The instances that are still up although the milestone is to be without them; empty: everything that should go has gone.
    public List<InstanceFmri> outstanding() {
        return subgraph.outstanding().stream().map(InstanceVertex::fmri).toList();
    }

    /// Whether what an instance needs is there; an absent instance, or one whose definition is not in force, needs an administrator.
    public Satisfaction satisfaction(InstanceFmri fmri) {
        return vertices.configured(fmri).map(InstanceVertex::satisfaction).orElse(Satisfaction.UNSATISFIABLE);
    }

    /// The files that definitions name: whose presence is to be told, once and whenever it changes. The list changes by insert, refresh
    /// and remove only.
    public List<FileFmri> files() {
        return vertices.files();
    }

    /// Those whose presence was not told yet: also one that for a moment nobody named.
    public List<FileFmri> unseenFiles() {
        return vertices.unseenFiles();
    }

    /// How much work settling was so far, in groups told: for tests of its proportions.
    long steps() {
        return settlement.steps();
    }

    // ---- reactions

    /// All of one step before anything is settled: nobody is to start in the middle of it.
    private void react(InstanceFmri fmri, List<Transition> completed, Optional<State> next) {
        vertices.configured(fmri).ifPresent(instance -> {
            completed.forEach(transition -> react(instance, transition));
            if (next.filter(state -> !state.isRunning()).isPresent()) {
                settlement.leaves(instance);
            }
        });
    }

    private void react(InstanceVertex instance, Transition transition) {
        boolean ran = transition.from().isRunning();
        enter(instance, transition);
        if (ran && !transition.to().isRunning()) {
            stopDependents(instance, transition.error());
        }
    }

    private void enter(InstanceVertex instance, Transition transition) {
        Heard before = new Heard(instance.missed, instance.toDisable && !instance.sentDown);
        instance.forgetWhatWasTold();
        instance.state = transition.to();
        settlement.touch(instance);
        subgraph.arrived(instance);
        switch (transition.to()) {
            case UNINITIALIZED -> nowUninitialized(instance);
            case DISABLED -> nowDisabled(instance);
            case OFFLINE -> nowOffline(instance);
            case MAINTENANCE -> nowInMaintenance(instance, before);
            case ONLINE, DEGRADED -> nowRunning(instance, transition, before);
        }
    }

    /// What stood on an instance before it reported.
    ///
    /// @param missed what happened to a dependency while it was starting
    /// @param disableWaits an administrator's disable waited for its dependents
    private record Heard(ErrorClass missed, boolean disableWaits) {}

    /// Dependencies are read again.
    private void nowUninitialized(InstanceVertex instance) {
        offlining.lift();
        wiring.define(instance, instance.definition.orElseThrow());
        offlining.relay();
        begin(instance);
    }

    private void nowDisabled(InstanceVertex instance) {
        offlining.arrived(instance);
        if (instance.isEnabled()) {
            settlement.emit(new Command.Enable(instance.fmri()));
        }
    }

    private void nowOffline(InstanceVertex instance) {
        offlining.arrived(instance);
        if (!instance.isEnabled()) {
            settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.GRAPH));
        }
    }

    /// A disable that was never told is told now; one whose stop failed is not: that is for the administrator to see.
    private void nowInMaintenance(InstanceVertex instance, Heard before) {
        offlining.arrived(instance);
        if (before.disableWaits() && !instance.isEnabled()) {
            settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.ADMINISTRATOR));
        }
    }

    private void nowRunning(InstanceVertex instance, Transition transition, Heard before) {
        if (!transition.from().isRunning()) {
            cameUp(instance, before.missed());
        } else if (transition.error() == ErrorClass.REFRESH) {
            stopDependents(instance, ErrorClass.REFRESH);
        }
        offlining.arrived(instance);
    }

    private void cameUp(InstanceVertex instance, ErrorClass missed) {
        if (!instance.isEnabled() && !instance.toDisable) {
            settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.GRAPH));
        } else if (missed != ErrorClass.NONE && !instance.toOffline && !instance.toDisable) {
            settlement.sendDown(instance, new Command.Stop(instance.fmri(), missed));
        }
        instance.forEachDependent(r -> {
            if (r.excludes() && r.owner() != instance) {
                settlement.stop(r.owner(), ErrorClass.RESTART);
            }
        });
    }

    private void stopDependents(InstanceVertex instance, ErrorClass error) {
        instance.forEachDependent(r -> {
            if (r.stopsOn(error)) {
                settlement.stop(r.owner(), error);
            }
        });
    }

    private void begin(InstanceVertex instance) {
        if (instance.isEnabled()) {
            settlement.emit(new Command.Enable(instance.fmri()));
            complain(instance);
        } else if (instance.isRunning() && !subgraph.takesDown(instance)) {
            offlining.disable(instance);
        } else if (!instance.isRunning()) {
            settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.GRAPH));
        }
    }

    /// Tells an instance what is wrong with its definition; one that is disabled need not hear of it.
    private void complain(InstanceVertex instance) {
        if (instance.isEnabled()) {
            instance.flaw.ifPresent(settlement::emit);
        }
    }

    private void apply(InstanceVertex instance, EnabledSetting setting, Command.By by) {
        instance.enabled = setting;
        settlement.touch(instance);
        if (setting.effective()) {
            settlement.emit(new Command.Enable(instance.fmri()));
            complain(instance);
            offlining.withdraw(instance);
            subgraph.spare(instance);
        } else if (by == Command.By.ADMINISTRATOR && instance.state != State.DISABLED) {
            offlining.disable(instance);
        } else {
            settlement.sendDown(instance, new Command.Disable(instance.fmri(), by));
        }
    }

    private void dropOverride(InstanceVertex instance) {
        settlement.emit(new Command.Override(instance.fmri(), Optional.empty()));
        apply(instance, instance.enabled.withTemporary(Optional.empty()), Command.By.ADMINISTRATOR);
    }

    private void review(Optional<InstanceVertex> fresh) {
        subgraph.review(vertices.instances(), at(subgraph.milestone()), fresh, this::dropOverride);
    }

    private Optional<InstanceVertex> at(Milestone milestone) {
        return switch (milestone) {
            case Milestone.All _,Milestone.None _ -> Optional.empty();
            case Milestone.At(var fmri) -> vertices.configured(fmri);
        };
    }
}
