package dev.svc.engine;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Command;
import dev.svc.graph.DependencyGraph;
import dev.svc.graph.EnabledSetting;
import dev.svc.graph.Entry;
import dev.svc.graph.Milestone;
import dev.svc.graph.Side;
import dev.svc.model.Definition;
import dev.svc.model.Sequence;
import dev.svc.model.Transition;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Restarter;
import dev.svc.restarter.Step;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All instances with their graph: settles what they are told, then acts. Used by the engine thread only.
///
/// The manager's own instance is among the standings but is no vertex of the graph, and nothing is told to it; so are instances of
/// other restarters vertices that nothing is told to.
final class Instances {
    private static final System.Logger LOG = System.getLogger(Instances.class.getName());
    /// A turn with more steps than this does not settle: a broken invariant of the whole graph.
    private static final int LONGEST_TURN = 5_000_000;
    /// How long a SIGKILL may take: a process in uninterruptible sleep ends later or never.
    private static final Duration LONGEST_KILL = Duration.ofSeconds(10);

    private final Map<InstanceFmri, Standing> standings = new HashMap<>();
    private final Set<InstanceFmri> vertices = new HashSet<>();
    private final List<InstanceFmri> forgotten = new ArrayList<>();
    private final DependencyGraph graph;
    private final Deadlines deadlines = new Deadlines();
    private final Effects effects;
    private final RootMemory root;
    private final Clock clock;
    private final WorkMark mark;
    /// Effects that could not be carried out yet. What follows for the instance waits behind them: an old label must not overwrite a
    /// newer one, and nothing is done that was not announced.
    private final Map<InstanceFmri, List<Effect>> left = new LinkedHashMap<>();
    private int inTransition;
    private Optional<BootTime> endBy = Optional.empty();
    private boolean hurried;

    Instances(DependencyGraph graph, Effects effects, RootMemory root, Clock clock, WorkMark mark) {
        this.graph = graph;
        this.effects = effects;
        this.root = root;
        this.clock = clock;
        this.mark = mark;
    }

    /// A turn is over: nothing is being worked on.
    void rest() {
        mark.onNone();
    }

    /// A view of all standings that follows changes.
    Map<InstanceFmri, Standing> all() {
        return Collections.unmodifiableMap(standings);
    }

    Optional<Standing> standing(InstanceFmri fmri) {
        return Optional.ofNullable(standings.get(fmri));
    }

    Optional<BootTime> nextDeadline() {
        return deadlines.next();
    }

    /// Whether no instance is on its way from one state to another.
    boolean atRest() {
        return inTransition == 0 && left.isEmpty();
    }

    /// Whether nothing runs any more and nothing is on its way.
    boolean allDown() {
        return atRest() && standings.values().stream().noneMatch(s -> isOurs(s.definition()) && s.label().state().isRunning());
    }

    /// Takes out the instances that were forgotten since the last call.
    List<InstanceFmri> takeForgotten() {
        if (forgotten.isEmpty()) {
            return List.of();
        }
        List<InstanceFmri> all = List.copyOf(forgotten);
        forgotten.clear();
        return all;
    }

    boolean hasLeftovers() {
        return !left.isEmpty();
    }

    /// Whether something of this instance could not be carried out yet.
    boolean hasLeftovers(InstanceFmri fmri) {
        return left.containsKey(fmri);
    }

    List<FileFmri> files() {
        return graph.files();
    }

    List<FileFmri> unseenFiles() {
        return graph.unseenFiles();
    }

    // what takeover found

    /// Takes an instance in as takeover left it, without telling anybody; [#begin] follows when all are in.
    void adopt(Definition definition, Label label) {
        adoptOutside(definition, label);
        vertices.add(definition.fmri());
        graph.load(definition, label.state(), setting(label), label.outside() ? Side.OUTSIDE : Side.INSIDE);
        if (isOurs(definition)) {
            // It may be stopping.
            graph.stepped(definition.fmri(), List.of(), label.phase().nextState());
        }
    }

    /// The same for one that is not for the graph: the manager's own, and those which are only to be stopped.
    void adoptOutside(Definition definition, Label label) {
        put(new Standing(definition, label));
    }

    /// Carries out what takeover decided, tells instances what they missed, and lets the graph go on from there.
    void begin(List<Effect> decided, List<Told> missed, Milestone milestone, Entry entry) {
        Map<InstanceFmri, List<Effect>> each = new LinkedHashMap<>();
        decided.forEach(effect -> each.computeIfAbsent(effect.fmri(), _ -> new ArrayList<>()).add(effect));
        each.values().forEach(effectsOfOne -> settle(act(effectsOfOne)));
        missed.forEach(told -> settle(List.of(told)));
        settle(told(graph.settleAll(milestone, entry).stream().map(Instances::asFound).toList()));
    }

    /// A disable that only repeats what was found is no administrator's: it must not end a maintenance that was asked for after it.
    private static Command asFound(Command command) {
        return command instanceof Command.Disable(var fmri, _) ? new Command.Disable(fmri, Command.By.GRAPH) : command;
    }

    // administration

    /// Takes in an instance that was not there before.
    void insert(Definition definition, boolean enabled, Sequence sequence) {
        Label label = Label.fresh(definition.fmri(), definition.model(), enabled, sequence, clock.wall());
        put(new Standing(definition, label));
        vertices.add(definition.fmri());
        settle(told(graph.insert(definition, label.state(), setting(label))));
    }

    /// Puts another definition in force.
    void redefine(Definition definition) {
        Label label = standings.get(definition.fmri()).label();
        put(new Standing(definition, label));
        if (vertices.contains(definition.fmri())) {
            settle(told(graph.refresh(definition)));
        } else if (isOurs(definition)) {
            admit(definition, label.defined(clock.wall()));
        }
    }

    /// One that takeover kept without a definition is an ordinary instance from now on.
    private void admit(Definition definition, Label kept) {
        InstanceFmri fmri = definition.fmri();
        Label label = kept.withRevision(kept.revision() + 1);
        put(new Standing(definition, label));
        settle(act(List.of(new Effect.WriteLabel(label))));
        vertices.add(fmri);
        settle(told(graph.insert(definition, label.state(), setting(label))));
        settle(told(graph.stepped(fmri, List.of(), label.phase().nextState())));
    }

    /// Records a temporary setting in the label, then lets it act. Yields whether it could be recorded.
    boolean setTemporarily(InstanceFmri fmri, boolean enabled, Optional<String> comment) {
        Standing standing = standings.get(fmri);
        Label old = standing.label();
        EnabledSetting setting = new EnabledSetting(old.enabled(), Optional.of(enabled));
        Label label = with(old, setting, comment, old.sequence());
        if (left.containsKey(fmri) || !effects.carryOut(List.of(new Effect.WriteLabel(label))).left().isEmpty()) {
            return false;
        }
        put(new Standing(standing.definition(), label));
        settle(told(graph.setEnabled(fmri, setting, Command.By.ADMINISTRATOR)));
        return true;
    }

    /// Lets a setting act that the repository has recorded; if the label cannot be written now, it and what follows is done later.
    void setRecorded(InstanceFmri fmri, EnabledSetting setting, Optional<String> comment, Sequence sequence) {
        Standing standing = standings.get(fmri);
        Label label = with(standing.label(), setting, comment, sequence);
        put(new Standing(standing.definition(), label));
        settle(act(List.of(new Effect.WriteLabel(label))));
        settle(told(graph.setEnabled(fmri, setting, Command.By.ADMINISTRATOR)));
    }

    /// Something was recorded that leaves the setting as it was: the label has seen it.
    void confirm(InstanceFmri fmri, Sequence sequence) {
        Standing standing = standings.get(fmri);
        Label old = standing.label();
        Label label = old.withSettings(old.enabled(), old.override(), sequence, old.comment()).withRevision(old.revision() + 1);
        put(new Standing(standing.definition(), label));
        settle(act(List.of(new Effect.WriteLabel(label))));
    }

    private Label with(Label old, EnabledSetting setting, Optional<String> comment, Sequence sequence) {
        return old.withSettings(setting.permanent(), setting.temporary(), sequence, comment).withOutside(isOutside(old.fmri()))
                .withRevision(old.revision() + 1);
    }

    private boolean isOutside(InstanceFmri fmri) {
        return graph.side(fmri) == Side.OUTSIDE;
    }

    /// The instance is not configured any more: what runs is stopped, then it is forgotten.
    void forget(InstanceFmri fmri) {
        List<Told> told = new ArrayList<>();
        if (vertices.remove(fmri)) {
            told.addAll(told(graph.remove(fmri)));
        }
        told.add(new Told(fmri, new Event.Requested(new Request.Forget())));
        settle(told);
    }

    void milestone(Milestone milestone) {
        settle(told(graph.milestone(milestone)));
    }

    void filePresence(FileFmri file, boolean present) {
        settle(told(graph.filePresence(file, present)));
    }

    // turns

    /// Tells instances what happened, until nothing more follows.
    void settle(Collection<Told> first) {
        Deque<Told> work = new ArrayDeque<>(first);
        int steps = 0;
        while (!work.isEmpty()) {
            List<List<Effect>> acts = new ArrayList<>();
            while (!work.isEmpty()) {
                if (++steps > LONGEST_TURN) {
                    throw new BugException("a turn does not settle; last told: " + work.peek());
                }
                step(work.poll(), work, acts);
            }
            acts.forEach(a -> work.addAll(act(a)));
        }
    }

    /// From now on no method and no wait lasts longer than until `latest`: what has not ended by then is killed.
    void endBy(Optional<BootTime> latest) {
        endBy = latest;
        standings.values().forEach(standing -> deadlines.set(standing.definition().fmri(), limited(standing.label()).due()));
    }

    /// When even killing took too long, and whoever waits for the end has waited enough.
    Optional<BootTime> giveUpAt() {
        return endBy.map(latest -> latest.plus(LONGEST_KILL));
    }

    /// Whether something was killed that [#endBy] gave too little time.
    boolean wereHurried() {
        return hurried;
    }

    private Phase limited(Label label) {
        return endBy.map(label.phase()::notLaterThan).orElse(label.phase());
    }

    /// The label that the restarter is to see: what a limit has shortened is due although the label says later.
    private Label shortened(Label label, Event event) {
        Phase limited = limited(label);
        if (!(event instanceof Event.DeadlinePassed) || limited.equals(label.phase())) {
            return label;
        }
        hurried = true;
        return label.withPhase(limited, label.since());
    }

    /// Tells the instances whose deadline is reached.
    void due(BootTime now) {
        for (InstanceFmri fmri : deadlines.reached(now)) {
            settle(List.of(new Told(fmri, new Event.DeadlinePassed())));
        }
    }

    /// Tries again what could not be carried out.
    void tryAgain() {
        List<List<Effect>> again = List.copyOf(left.values());
        left.clear();
        again.forEach(effectsLeft -> settle(act(effectsLeft)));
    }

    private void step(Told told, Deque<Told> work, List<List<Effect>> acts) {
        Standing standing = standings.get(told.to());
        if (standing == null || !isOurs(standing.definition())) {
            return;
        }
        mark.on(told.to());
        try {
            Step step = Restarter.step(standing.definition(), shortened(standing.label(), told.event()), told.event(),
                    clock.moment(root.nextContract()));
            work.addAll(take(standing, step));
            acts.add(step.effects());
            work.addAll(told(stepped(told.to(), step.transitions(), step.label().phase())));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, told.to() + ": an error of our own at " + told.event() + " in " + standing.label().phase(), e);
            if (!(told.event() instanceof Event.Broken)) {
                work.add(new Told(told.to(), new Event.Broken()));
            }
        }
    }

    private List<Told> take(Standing standing, Step step) {
        InstanceFmri fmri = standing.definition().fmri();
        boolean removed = false;
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.CreateContract) {
                root.taken();
            }
            removed |= effect instanceof Effect.RemoveGroup;
        }
        if (removed) {
            remove(standing);
            // One that was imported again while it was being forgotten, and taken over so, is a vertex still; it comes back as a new one.
            return vertices.remove(fmri) ? told(graph.remove(fmri)) : List.of();
        } else if (step.label() != standing.label()) {
            put(new Standing(standing.definition(), step.label()));
        }
        return List.of();
    }

    private List<Command> stepped(InstanceFmri fmri, List<Transition> completed, Phase phase) {
        for (Transition transition : completed) {
            LOG.log(Level.DEBUG, () -> fmri + ": " + transition.from().word() + " -> " + transition.to().word());
        }
        return vertices.contains(fmri) ? graph.stepped(fmri, completed, phase.nextState()) : List.of();
    }

    /// Carries out the effects of one step; yields the answers, keeps what failed for [#tryAgain].
    private List<Told> act(List<Effect> step) {
        if (step.isEmpty()) {
            return List.of();
        }
        InstanceFmri fmri = step.getFirst().fmri();
        List<Effect> earlier = left.getOrDefault(fmri, List.of());
        if (!earlier.stream().allMatch(Effects::canComeLate)) {
            earlier.addAll(step);
            return List.of();
        }
        left.remove(fmri);
        mark.on(fmri);
        Effects.Outcome outcome = effects.carryOut(Stream.concat(step.stream(), earlier.stream()).toList());
        if (!outcome.left().isEmpty()) {
            left.put(fmri, new ArrayList<>(outcome.left()));
        }
        return outcome.answers();
    }

    private List<Told> told(List<Command> commands) {
        return commands.stream().map(command -> new Told(command.fmri(), event(command))).toList();
    }

    private Event event(Command command) {
        return switch (command) {
            case Command.Enable _ -> new Event.Enable();
            case Command.Disable(var _, var by) -> new Event.Disable(switch (by) {
                case GRAPH -> Event.By.GRAPH;
                case ADMINISTRATOR -> Event.By.ADMINISTRATOR;
            });
            case Command.Start _ -> new Event.Start();
            case Command.Stop(var _, var cause) -> new Event.Stop(cause);
            case Command.Misconfigured(var fmri, var reason, var sentence) -> {
                act(List.of(new Effect.Log(fmri, sentence)));
                yield new Event.Misconfigured(reason);
            }
            case Command.Override(var fmri, var temporary) -> new Event.Overridden(temporary, isOutside(fmri));
        };
    }

    private void put(Standing standing) {
        InstanceFmri fmri = standing.definition().fmri();
        Standing old = standings.put(fmri, standing);
        inTransition += inTransition(standing) - (old == null ? 0 : inTransition(old));
        deadlines.set(fmri, limited(standing.label()).due());
    }

    private void remove(Standing standing) {
        standings.remove(standing.definition().fmri());
        forgotten.add(standing.definition().fmri());
        inTransition -= inTransition(standing);
        deadlines.set(standing.definition().fmri(), Optional.empty());
    }

    /// Replaces the standing of the manager's own instance, recording its label.
    void putOwn(Standing own) {
        act(List.of(new Effect.WriteLabel(own.label())));
        put(own);
    }

    private static int inTransition(Standing standing) {
        Phase phase = standing.label().phase();
        return phase.nextState().isPresent() || phase instanceof Phase.Uninitialized && isOurs(standing.definition()) ? 1 : 0;
    }

    static boolean isOurs(Definition definition) {
        return definition.restarter().equals(InstanceFmri.MASTER_RESTARTER)
                && !definition.fmri().equals(InstanceFmri.MASTER_RESTARTER);
    }

    private static EnabledSetting setting(Label label) {
        return new EnabledSetting(label.enabled(), label.override());
    }
}
