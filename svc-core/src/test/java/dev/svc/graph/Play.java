package dev.svc.graph;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.ErrorClass;
import dev.svc.model.Grouping;
import dev.svc.model.State;
import dev.svc.model.Transition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A graph with a restarter that carries commands out at once, except for instances that are held. Every act yields the story that
/// followed: the commands that changed something, in order.
final class Play {
    final DependencyGraph graph = new DependencyGraph();
    private final Map<InstanceFmri, Actor> actors = new TreeMap<>();
    private final Map<InstanceFmri, Definition> definitions = new TreeMap<>();
    private final Set<InstanceFmri> held = new HashSet<>();
    private final Deque<Command> waiting = new ArrayDeque<>();
    /// Commands that had waited: others may have started since they were given.
    private final List<Command> late = new ArrayList<>();
    private List<String> story = new ArrayList<>();

    private static final class Actor {
        State state = State.UNINITIALIZED;
        boolean enabled;
        EnabledSetting setting = EnabledSetting.DISABLED;
    }

    /// All of the drawing, started with those `enabled`.
    static Play of(String drawing, String... enabled) {
        return of(drawing, new Milestone.All(), enabled);
    }

    static Play of(String drawing, Milestone milestone, String... enabled) {
        return of(Drawing.of(drawing), milestone, Arrays.stream(enabled).map(Drawing::instance).collect(Collectors.toSet()));
    }

    private static Play of(List<Definition> definitions, Milestone milestone, Set<InstanceFmri> enabled) {
        Play play = new Play();
        for (Definition definition : definitions) {
            EnabledSetting setting = enabled.contains(definition.fmri()) ? EnabledSetting.ENABLED : EnabledSetting.DISABLED;
            play.actor(definition.fmri()).setting = setting;
            play.definitions.put(definition.fmri(), definition);
            play.graph.load(definition, State.UNINITIALIZED, setting, Side.INSIDE);
        }
        play.run(play.graph.settleAll(milestone, Entry.REQUESTED));
        return play;
    }

    /// All of the drawing, every one enabled and, if it can be, online.
    static Play allOf(String drawing) {
        return allOf(Drawing.of(drawing));
    }

    static Play allOf(List<Definition> definitions) {
        return of(definitions, new Milestone.All(), definitions.stream().map(Definition::fmri).collect(Collectors.toSet()));
    }

    // ---- acts

    String enable(String word) {
        return set(word, EnabledSetting.ENABLED);
    }

    String disable(String word) {
        return set(word, EnabledSetting.DISABLED);
    }

    String disableTemporarily(String word) {
        return set(word, actor(word).setting.withTemporary(Optional.of(false)));
    }

    String enableTemporarily(String word) {
        return set(word, actor(word).setting.withTemporary(Optional.of(true)));
    }

    private String set(String word, EnabledSetting setting) {
        return set(Drawing.instance(word), setting);
    }

    String enable(InstanceFmri fmri) {
        return set(fmri, EnabledSetting.ENABLED);
    }

    String disable(InstanceFmri fmri) {
        return set(fmri, EnabledSetting.DISABLED);
    }

    private String set(InstanceFmri fmri, EnabledSetting setting) {
        actor(fmri).setting = setting;
        return run(graph.setEnabled(fmri, setting, Command.By.ADMINISTRATOR));
    }

    /// All its processes exited.
    String exits(String word) {
        return becomes(word, State.OFFLINE, ErrorClass.RESTART);
    }

    String dumpsCore(String word) {
        return becomes(word, State.OFFLINE, ErrorClass.FAULT);
    }

    String fails(String word) {
        return becomes(word, State.MAINTENANCE, ErrorClass.FAULT);
    }

    String isCleared(String word) {
        return becomes(word, State.UNINITIALIZED, ErrorClass.RESTART);
    }

    String isRefreshed(String word) {
        return becomes(word, actor(word).state, ErrorClass.REFRESH);
    }

    String becomes(String word, State state, ErrorClass error) {
        return run(transition(Drawing.instance(word), state, error));
    }

    String refresh(String drawing) {
        Definition definition = Drawing.one(drawing);
        definitions.put(definition.fmri(), definition);
        return run(graph.refresh(definition));
    }

    String insert(String drawing, EnabledSetting setting) {
        Definition definition = Drawing.one(drawing);
        actor(definition.fmri()).setting = setting;
        definitions.put(definition.fmri(), definition);
        return run(graph.insert(definition, State.UNINITIALIZED, setting));
    }

    String remove(String word) {
        actors.remove(Drawing.instance(word));
        definitions.remove(Drawing.instance(word));
        return run(graph.remove(Drawing.instance(word)));
    }

    String appears(String path) {
        return run(graph.filePresence(new FileFmri(path), true));
    }

    String isMissing(String path) {
        return run(graph.filePresence(new FileFmri(path), false));
    }

    String milestone(String word) {
        return run(graph.milestone(Milestone.named(word).orElseThrow()));
    }

    /// From now on commands to these wait for [#finish].
    Play hold(String... words) {
        for (String word : words) {
            held.add(Drawing.instance(word));
        }
        return this;
    }

    void hold(InstanceFmri fmri) {
        held.add(fmri);
    }

    /// The commands that wait for this one are carried out, and it is not held any more.
    String finish(String word) {
        return finish(Drawing.instance(word));
    }

    String finish(InstanceFmri fmri) {
        held.remove(fmri);
        List<Command> its = waiting.stream().filter(c -> c.fmri().equals(fmri)).toList();
        waiting.removeAll(its);
        late.addAll(its);
        return run(its);
    }

    // ---- what is so

    State state(String word) {
        return actor(word).state;
    }

    boolean isOnline(InstanceFmri fmri) {
        return actor(fmri).state == State.ONLINE;
    }

    /// Such as `db=online web=offline`.
    String states() {
        return String.join(
                " ",
                actors.entrySet().stream().map(e -> Drawing.word(e.getKey()) + "=" + e.getValue().state.word()).toList());
    }

    Satisfaction satisfaction(String word) {
        return graph.satisfaction(Drawing.instance(word));
    }

    // ---- the restarter

    String run(List<Command> commands) {
        story = new ArrayList<>();
        Deque<Command> open = new ArrayDeque<>(commands);
        while (!open.isEmpty()) {
            Command command = open.poll();
            if (command instanceof Command.Override(var fmri, var temporary)) {
                actor(fmri).setting = actor(fmri).setting.withTemporary(temporary);
            } else if (held.contains(command.fmri())) {
                checkOrder(command);
                waiting.add(command);
            } else {
                if (!late.remove(command)) {
                    checkOrder(command);
                }
                open.addAll(carryOut(command));
            }
        }
        return String.join(", ", story);
    }

    private List<Command> carryOut(Command command) {
        Actor actor = actor(command.fmri());
        return switch (command) {
            case Command.Enable(var fmri) -> {
                actor.enabled = true;
                boolean changes = actor.state == State.DISABLED || actor.state == State.UNINITIALIZED;
                yield changes ? tell(fmri, "", State.OFFLINE, ErrorClass.NONE) : List.of();
            }
            case Command.Disable(var fmri, var by) -> {
                actor.enabled = false;
                yield switch (actor.state) {
                    case DISABLED -> List.of();
                    case UNINITIALIZED, OFFLINE -> tell(fmri, "", State.DISABLED, ErrorClass.RESTART);
                    case ONLINE, DEGRADED -> tell(fmri, "disable", State.DISABLED, ErrorClass.RESTART);
                    case MAINTENANCE -> by == Command.By.ADMINISTRATOR
                            ? tell(fmri, "disable", State.UNINITIALIZED, ErrorClass.RESTART)
                            : List.of();
                };
            }
            case Command.Start(var fmri) -> actor.state == State.OFFLINE && actor.enabled
                    ? tell(fmri, "start", State.ONLINE, ErrorClass.NONE)
                    : List.of();
            case Command.Stop(var fmri, var cause) -> actor.state.isRunning()
                    ? tell(fmri, "stop(" + cause.name().toLowerCase(Locale.ROOT) + ")", State.OFFLINE, ErrorClass.RESTART)
                    : List.of();
            case Command.Misconfigured(var fmri, var reason, _) -> actor.state != State.MAINTENANCE
                    ? tell(fmri, reason.word(), State.MAINTENANCE, ErrorClass.RESTART)
                    : List.of();
            case Command.Override _ -> List.of();
        };
    }

    /// Whoever restarts with an instance was stopped before that is disabled.
    private void checkOrder(Command command) {
        boolean disables = command instanceof Command.Disable(_, var by) && by == Command.By.ADMINISTRATOR;
        if (!disables || !actor(command.fmri()).state.isRunning()) {
            return;
        }
        for (Definition definition : definitions.values()) {
            if (actor(definition.fmri()).state.isRunning()
                    && definition.dependencies().stream().anyMatch(g -> follows(g, command.fmri()))) {
                throw new AssertionError(command.fmri() + " is disabled before " + definition.fmri() + " stopped");
            }
        }
    }

    private static boolean follows(DependencyGroup group, InstanceFmri fmri) {
        boolean required = group.grouping() == Grouping.REQUIRE_ALL || group.grouping() == Grouping.REQUIRE_ANY;
        boolean names = group.entities().contains(fmri) || group.entities().contains(fmri.serviceFmri());
        return required && names && group.restartOn().covers(ErrorClass.RESTART);
    }

    private List<Command> tell(InstanceFmri fmri, String verb, State state, ErrorClass error) {
        if (!verb.isEmpty()) {
            story.add(verb + " " + Drawing.word(fmri));
        }
        return transition(fmri, state, error);
    }

    private List<Command> transition(InstanceFmri fmri, State state, ErrorClass error) {
        Actor actor = actor(fmri);
        State from = actor.state;
        actor.state = state;
        return graph.stepped(fmri, List.of(new Transition(fmri, from, state, error)), Optional.empty());
    }

    private Actor actor(InstanceFmri fmri) {
        return actors.computeIfAbsent(fmri, _ -> new Actor());
    }

    private Actor actor(String word) {
        return actor(Drawing.instance(word));
    }
}
