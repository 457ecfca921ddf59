package dev.svc.graph;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.ErrorClass;
import dev.svc.model.Grouping;
import dev.svc.model.Reason;
import dev.svc.model.RestartOn;
import dev.svc.model.State;
import dev.svc.model.Transition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// All instances with their dependencies: told what happens to them, it says what each is to do.
///
/// Mutable, without effects, deterministic: the same calls yield the same commands. One thread owns it. Every method that yields
/// commands has settled the graph first. An instance that was never added, as the master restarter, changes nothing.
public final class DependencyGraph {
    private static final ServiceFmri MANAGER = InstanceFmri.MASTER_RESTARTER.serviceFmri();

    private final Map<InstanceFmri, InstanceVertex> instances = new HashMap<>();
    private final SortedSet<InstanceVertex> inOrder = new TreeSet<>();
    private final Map<ServiceFmri, ServiceVertex> services = new HashMap<>();
    private final SortedMap<FileFmri, FileVertex> files = new TreeMap<>(Comparator.comparing(FileFmri::path));
    private final ManagerVertex manager = new ManagerVertex(MANAGER.toString());
    private final List<InstanceVertex> loaded = new ArrayList<>();
    private final List<Transition> early = new ArrayList<>();

    private final Settlement settlement = new Settlement();
    private final Offlining offlining = new Offlining(settlement);
    private final Subgraph subgraph = new Subgraph(settlement);

    // ---- start-up

    /// Adds an instance as it is found when the manager starts; nothing follows from it before [#settleAll].
    public void load(Definition definition, State state, EnabledSetting enabled) {
        if (isManager(definition.fmri())) {
            return;
        }
        InstanceVertex instance = instance(definition.fmri());
        if (instance.isConfigured()) {
            throw new IllegalArgumentException(definition.fmri() + " was loaded before");
        }
        instance.state = state;
        instance.enabled = enabled;
        configure(instance, definition);
        loaded.add(instance);
    }

    /// Puts in force what was loaded: every instance is told whether it is enabled, those that may run are told to start, those that
    /// should not run are taken down. Of a cycle, the member that was loaded last is blamed; a running one only if all of them run, and
    /// one in maintenance before all others, so that a new manager blames whom the last one blamed.
    ///
    /// @param milestone the one in force
    /// @param entry whether it is new, or was in force before
    public List<Command> settleAll(Milestone milestone, Entry entry) {
        BulkLink bulk = new BulkLink(loaded, this::targets);
        loaded.stream().filter(bulk::isSafe).forEach(this::link);
        bulk.suspects(loaded).forEach(i -> define(i, i.definition.orElseThrow()));
        inOrder.forEach(settlement::touch);
        subgraph.enter(milestone, entry, inOrder, at(milestone), this::dropOverride);
        for (InstanceVertex instance : loaded) {
            begin(instance);
        }
        loaded.clear();
        early.forEach(this::react);
        early.clear();
        return settlement.settled();
    }

    // ---- configuration

    /// Adds an instance at run time. One that exists is refreshed.
    public List<Command> insert(Definition definition, State state, EnabledSetting enabled) {
        if (isManager(definition.fmri())) {
            return List.of();
        }
        InstanceVertex instance = instance(definition.fmri());
        if (instance.isConfigured()) {
            return refresh(definition);
        }
        offlining.lift();
        instance.state = state;
        instance.enabled = enabled;
        configure(instance, definition);
        define(instance, definition);
        offlining.relay();
        review(Optional.of(instance));
        begin(instance);
        return settlement.settled();
    }

    /// Puts a new definition of an instance in force. If it cannot be (a mistake, or it completes a cycle) the instance is told so; it has
    /// no dependencies then until the next refresh, or until it is cleared, when the definition is tried again. A running instance whose
    /// dependencies became unsatisfied is not stopped.
    public List<Command> refresh(Definition definition) {
        Optional<InstanceVertex> found = configured(definition.fmri());
        if (found.isEmpty()) {
            return List.of();
        }
        InstanceVertex instance = found.get();
        offlining.lift();
        define(instance, definition);
        offlining.relay();
        complain(instance);
        review(Optional.empty());
        return settlement.settled();
    }

    /// Forgets an instance; its dependents see it stop, with [ErrorClass#RESTART].
    public List<Command> remove(InstanceFmri fmri) {
        Optional<InstanceVertex> found = configured(fmri);
        if (found.isEmpty()) {
            return List.of();
        }
        InstanceVertex instance = found.get();
        stopDependents(instance, ErrorClass.RESTART);
        offlining.lift();
        offlining.forget(instance);
        unlink(instance);
        nameFiles(instance.definition.orElseThrow(), FileVertex::unnamed);
        instance.definition = Optional.empty();
        instance.flaw = Optional.empty();
        instance.forgetWhatWasTold();
        instance.service().leave(instance);
        settlement.touch(instance.service());
        settlement.touch(instance);
        offlining.relay();
        subgraph.arrived(instance);
        review(Optional.empty());
        List<Command> commands = settlement.settled();
        prune(instance);
        return commands;
    }

    // ---- requests and events

    /// The setting of an instance changed, or was confirmed. An administrator's disable first takes down all that follow it; an enable
    /// ends that.
    public List<Command> setEnabled(InstanceFmri fmri, EnabledSetting setting, Command.By by) {
        Optional<InstanceVertex> found = configured(fmri);
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

    /// An instance completed a change of state. What happens between [#load] and [#settleAll] takes effect with the latter.
    public List<Command> transitioned(Transition transition) {
        if (!loaded.isEmpty()) {
            early.add(transition);
            return List.of();
        }
        react(transition);
        return settlement.settled();
    }

    private void react(Transition transition) {
        Optional<InstanceVertex> found = configured(transition.fmri());
        if (found.isEmpty()) {
            return;
        }
        InstanceVertex instance = found.get();
        instance.state = transition.to();
        ErrorClass missed = instance.missed;
        boolean wasSentDown = instance.sentDown;
        boolean toDisable = instance.toDisable;
        instance.forgetWhatWasTold();
        settlement.touch(instance);
        subgraph.arrived(instance);
        boolean ran = transition.from().isRunning();
        switch (transition.to()) {
            case UNINITIALIZED -> {
                offlining.lift();
                define(instance, instance.definition.orElseThrow());
                offlining.relay();
                begin(instance);
            }
            case DISABLED -> {
                offlining.arrived(instance);
                if (instance.isEnabled()) {
                    settlement.emit(new Command.Enable(instance.fmri()));
                }
            }
            case OFFLINE -> {
                offlining.arrived(instance);
                if (!instance.isEnabled()) {
                    settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.GRAPH));
                }
            }
            case MAINTENANCE -> {
                offlining.arrived(instance);
                if (toDisable && !wasSentDown && !instance.isEnabled()) {
                    settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.ADMINISTRATOR));
                }
            }
            case ONLINE, DEGRADED -> {
                if (!ran) {
                    cameUp(instance, missed);
                } else if (transition.error() == ErrorClass.REFRESH) {
                    stopDependents(instance, ErrorClass.REFRESH);
                }
                offlining.arrived(instance);
            }
        }
        if (ran && !transition.to().isRunning()) {
            stopDependents(instance, transition.error());
        }
    }

    /// Somebody looked whether one of [#files] exists. A file that vanishes stops nobody, as in SMF; one that appears starts who waited
    /// for it, which SMF does only when something else happens.
    public List<Command> filePresence(FileFmri fmri, boolean present) {
        FileVertex file = files.get(fmri);
        if (file == null) {
            return List.of();
        }
        file.present(present);
        settlement.touch(file);
        return settlement.settled();
    }

    /// Somebody asked for a milestone: what is outside it is temporarily disabled, dependents first; inside and with
    /// [Milestone.All] temporary settings are dropped. Asking for the one in force changes nothing.
    public List<Command> milestone(Milestone milestone) {
        if (!milestone.equals(subgraph.milestone())) {
            subgraph.enter(milestone, Entry.REQUESTED, inOrder, at(milestone), this::dropOverride);
        }
        return settlement.settled();
    }

    // ---- what is so

    public Milestone milestone() {
        return subgraph.milestone();
    }

    /// The instances that are still up although the milestone is to be without them; empty: everything that should go has gone.
    public List<InstanceFmri> outstanding() {
        return subgraph.outstanding().stream().map(InstanceVertex::fmri).toList();
    }

    /// Whether what an instance needs is there; an absent instance, or one whose definition is not in force, needs an administrator.
    public Satisfaction satisfaction(InstanceFmri fmri) {
        InstanceVertex instance = instances.get(fmri);
        return instance == null ? Satisfaction.UNSATISFIABLE : instance.satisfaction();
    }

    /// The files that definitions name: whose presence is to be told, once and whenever it changes. The list changes by insert, refresh
    /// and remove only.
    public List<FileFmri> files() {
        return files.values().stream().filter(FileVertex::isNamed).map(FileVertex::fmri).toList();
    }

    /// How much work settling was so far, in groups told: for tests of its proportions.
    long steps() {
        return settlement.steps();
    }

    // ---- reactions

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
        if (instance.enabled.temporary().isPresent()) {
            settlement.emit(new Command.Override(instance.fmri(), Optional.empty()));
            apply(instance, instance.enabled.withTemporary(Optional.empty()), Command.By.ADMINISTRATOR);
        }
    }

    private void review(Optional<InstanceVertex> fresh) {
        subgraph.review(inOrder, at(subgraph.milestone()), fresh, this::dropOverride);
    }

    private Optional<InstanceVertex> at(Milestone milestone) {
        return switch (milestone) {
            case Milestone.All _,Milestone.None _ -> Optional.empty();
            case Milestone.At(var fmri) -> configured(fmri);
        };
    }

    // ---- edges

    /// Adds the vertex to its service and to the files it names; its requirements are linked by [#define].
    private void configure(InstanceVertex instance, Definition definition) {
        instance.definition = Optional.of(definition);
        nameFiles(definition, FileVertex::named);
        instance.service().join(instance);
        settlement.touch(instance.service());
        settlement.touch(instance);
    }

    private void define(InstanceVertex instance, Definition definition) {
        unlink(instance);
        nameFiles(definition, FileVertex::named);
        nameFiles(instance.definition.orElseThrow(), FileVertex::unnamed);
        instance.definition = Optional.of(definition);
        List<InstanceFmri> cycle = Cycles.through(instance, targets(instance));
        if (cycle.isEmpty()) {
            link(instance);
        } else {
            flaw(instance, Reason.DEPENDENCY_CYCLE, "completes a dependency cycle: "
                    + cycle.stream().map(InstanceFmri::toString).collect(Collectors.joining(" -> ")));
        }
        settlement.touch(instance);
    }

    /// Links what the definition says, without looking for cycles.
    private void link(InstanceVertex instance) {
        Definition definition = instance.definition.orElseThrow();
        if (!definition.faults().isEmpty()) {
            Definition.Fault fault = definition.faults().getFirst();
            flaw(instance, fault.kind().reason(), fault.sentence());
            return;
        }
        instance.flaw = Optional.empty();
        instance.requirements = groups(definition).stream().map(g -> new Requirement(instance, g, vertices(g))).toList();
        instance.requirements.forEach(Requirement::link);
    }

    private static void flaw(InstanceVertex instance, Reason reason, String sentence) {
        instance.flaw = Optional.of(new Command.Misconfigured(instance.fmri(), reason, sentence));
    }

    private void unlink(InstanceVertex instance) {
        List<Requirement> old = instance.requirements;
        old.forEach(Requirement::unlink);
        instance.requirements = List.of();
        for (Requirement requirement : old) {
            for (Vertex entity : requirement.entities()) {
                if (entity instanceof InstanceVertex named) {
                    prune(named);
                }
            }
        }
    }

    /// The dependency groups, and before them its restarter as one more: whatever happens to that stops those it serves.
    private static List<DependencyGroup> groups(Definition definition) {
        if (isManager(definition.restarter())) {
            return definition.dependencies();
        }
        List<DependencyGroup> groups = new ArrayList<>();
        groups.add(new DependencyGroup("", Grouping.REQUIRE_ALL, RestartOn.REFRESH, List.of(definition.restarter())));
        groups.addAll(definition.dependencies());
        return groups;
    }

    /// What the definition would make it depend on.
    private List<Vertex> targets(InstanceVertex instance) {
        Definition definition = instance.definition.orElseThrow();
        if (!definition.faults().isEmpty()) {
            return List.of();
        }
        return groups(definition).stream().filter(g -> g.grouping() != Grouping.EXCLUDE_ALL).flatMap(g -> vertices(g).stream()).toList();
    }

    private List<Vertex> vertices(DependencyGroup group) {
        return group.entities().stream().map(this::vertex).toList();
    }

    private Vertex vertex(Fmri entity) {
        return switch (entity) {
            case InstanceFmri fmri -> isManager(fmri) ? manager : instance(fmri);
            case ServiceFmri fmri -> fmri.equals(MANAGER) ? manager : service(fmri);
            case FileFmri fmri -> file(fmri);
            case PropertyFmri _,PropertyGroupFmri _ -> throw new IllegalArgumentException(entity + " is no dependency");
        };
    }

    private InstanceVertex instance(InstanceFmri fmri) {
        InstanceVertex known = instances.get(fmri);
        if (known != null) {
            return known;
        }
        InstanceVertex instance = new InstanceVertex(fmri, service(fmri.serviceFmri()));
        instances.put(fmri, instance);
        inOrder.add(instance);
        return instance;
    }

    private ServiceVertex service(ServiceFmri fmri) {
        return services.computeIfAbsent(fmri, f -> new ServiceVertex(f.toString()));
    }

    private FileVertex file(FileFmri fmri) {
        return files.computeIfAbsent(fmri, FileVertex::new);
    }

    private void nameFiles(Definition definition, Consumer<FileVertex> action) {
        for (DependencyGroup group : definition.dependencies()) {
            for (Fmri entity : group.entities()) {
                if (entity instanceof FileFmri fmri) {
                    FileVertex file = file(fmri);
                    action.accept(file);
                    if (!file.isNamed()) {
                        files.remove(fmri);
                    }
                }
            }
        }
    }

    /// Drops a vertex that is absent and that nobody names.
    private void prune(InstanceVertex instance) {
        if (!instance.isConfigured() && instance.dependents().isEmpty()) {
            instances.remove(instance.fmri());
            inOrder.remove(instance);
        }
    }

    private Optional<InstanceVertex> configured(InstanceFmri fmri) {
        return Optional.ofNullable(instances.get(fmri)).filter(InstanceVertex::isConfigured);
    }

    private static boolean isManager(InstanceFmri fmri) {
        return fmri.equals(InstanceFmri.MASTER_RESTARTER);
    }
}
