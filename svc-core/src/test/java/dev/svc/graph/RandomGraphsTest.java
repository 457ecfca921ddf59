package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.Grouping;
import dev.svc.model.State;
import dev.svc.model.Transition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random acyclic graphs under random events, compared with [Oracle] after every event. The seed is in the test's name.
class RandomGraphsTest {
    private static final List<String> ARROWS = List.of("->", "->", "?>", "~>", "!>");
    private static final List<String> RESTARTS = List.of("none", "error", "restart", "refresh");

    private final Map<InstanceFmri, Definition> definitions = new HashMap<>();
    private final Map<InstanceFmri, State> states = new HashMap<>();
    private final Set<InstanceFmri> leaving = new HashSet<>();
    private final Set<InstanceFmri> enabled = new HashSet<>();
    private final Map<FileFmri, Boolean> files = new HashMap<>();
    private final DependencyGraph graph = new DependencyGraph();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765,
            10946}) void countsAgreeWithTheTables(long seed) {
        Random random = new Random(seed);
        List<InstanceFmri> all = instances(2 + random.nextInt(59));
        for (int i = 0; i < all.size(); i++) {
            definitions.put(all.get(i), definition(all, i, random));
        }
        for (InstanceFmri fmri : shuffled(all, random)) {
            states.put(fmri, State.DISABLED);
            graph.load(definitions.get(fmri), State.DISABLED, EnabledSetting.DISABLED, Side.INSIDE);
        }
        graph.settleAll(new Milestone.All(), Entry.REQUESTED);
        for (int event = 0; event < 400; event++) {
            List<Command> commands = happen(all, random);
            commands.forEach(this::obey);
            String when = "seed " + seed + ", event " + event;
            check(all, when);
            commands.forEach(c -> checkStart(c, when));
        }
    }

    private void obey(Command command) {
        boolean down = command instanceof Command.Stop || command instanceof Command.Disable;
        if (down && states.getOrDefault(command.fmri(), State.DISABLED).isRunning()) {
            leaving.add(command.fmri());
        }
    }

    private void check(List<InstanceFmri> all, String when) {
        Oracle oracle = new Oracle(definitions, states, leaving, enabled, files);
        for (InstanceFmri fmri : all) {
            if (definitions.containsKey(fmri)) {
                assertEquals(oracle.satisfaction(fmri), graph.satisfaction(fmri), () -> when + ": " + fmri);
            }
        }
    }

    private void checkStart(Command command, String when) {
        if (command instanceof Command.Start(var fmri)) {
            assertTrue(enabled.contains(fmri), () -> when + ": disabled " + fmri + " is started");
            assertEquals(State.OFFLINE, states.get(fmri), () -> when + ": " + fmri);
            assertEquals(Satisfaction.SATISFIED, new Oracle(definitions, states, leaving, enabled, files).satisfaction(fmri), when);
        }
    }

    private List<Command> happen(List<InstanceFmri> all, Random random) {
        int which = random.nextInt(all.size());
        InstanceFmri fmri = all.get(which);
        if (!definitions.containsKey(fmri)) {
            definitions.put(fmri, definition(all, which, random));
            states.put(fmri, State.UNINITIALIZED);
            enabled.remove(fmri);
            return graph.insert(definitions.get(fmri), State.UNINITIALIZED, EnabledSetting.DISABLED);
        }
        return switch (random.nextInt(12)) {
            case 0 -> {
                definitions.put(fmri, definition(all, which, random));
                forgetFilesNobodyNames();
                yield graph.refresh(definitions.get(fmri));
            }
            case 1 -> {
                definitions.remove(fmri);
                forgetFilesNobodyNames();
                states.remove(fmri);
                leaving.remove(fmri);
                enabled.remove(fmri);
                yield graph.remove(fmri);
            }
            case 2, 3 -> {
                FileFmri file = file(random);
                if (graph.files().contains(file)) {
                    files.put(file, random.nextBoolean());
                    yield graph.filePresence(file, files.get(file));
                }
                yield List.of();
            }
            case 4, 5 -> {
                // Not by the administrator: marks are not in the oracle's tables.
                boolean on = random.nextInt(3) > 0;
                boolean changed = on ? enabled.add(fmri) : enabled.remove(fmri);
                yield changed
                        ? graph.setEnabled(fmri, on ? EnabledSetting.ENABLED : EnabledSetting.DISABLED, Command.By.GRAPH)
                        : List.of();
            }
            default -> {
                State from = states.get(fmri);
                State to = State.values()[random.nextInt(State.values().length)];
                states.put(fmri, to);
                leaving.remove(fmri);
                Optional<State> next = random.nextInt(4) == 0 ? Optional.of(State.values()[random.nextInt(4)]) : Optional.empty();
                if (to.isRunning() && next.filter(n -> !n.isRunning()).isPresent()) {
                    leaving.add(fmri);
                }
                yield graph.stepped(fmri, List.of(new Transition(fmri, from, to, ErrorClass.values()[random.nextInt(3)])), next);
            }
        };
    }

    private Definition definition(List<InstanceFmri> all, int which, Random random) {
        List<String> lines = new ArrayList<>(List.of(word(all, which)));
        for (int group = random.nextInt(4); group > 0; group--) {
            String arrow = ARROWS.get(random.nextInt(ARROWS.size()));
            List<String> entities = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                entities.add(entity(all, arrow.equals("!>") ? all.size() : which, which, random));
            }
            lines.add(word(all, which) + " " + arrow + " " + String.join(" ", entities) + " " + RESTARTS.get(random.nextInt(4)));
        }
        return Drawing.one(String.join("\n", lines));
    }

    /// One of the first `below` instances, its service, a file, or nothing that exists; never the service of one further on.
    private static String entity(List<InstanceFmri> all, int below, int self, Random random) {
        int kind = random.nextInt(10);
        if (kind == 0 || below == 0) {
            return file(random).path();
        }
        if (kind == 1) {
            return "absent";
        }
        int target = random.nextInt(below);
        // Three instances in a row are of one service: only those whole services before one's own can be named without a cycle.
        boolean wholeService = kind < 4 && target / 3 < self / 3;
        return wholeService ? "@" + all.get(target).service() : word(all, target);
    }

    /// A file that drops out of all definitions is looked at anew when it comes back.
    private void forgetFilesNobodyNames() {
        files.keySet().retainAll(World.files(definitions.values()));
    }

    private static FileFmri file(Random random) {
        return new FileFmri("/etc/" + "abc".charAt(random.nextInt(3)));
    }

    private static List<InstanceFmri> instances(int count) {
        List<InstanceFmri> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new InstanceFmri("s" + i / 3, "i" + i % 3));
        }
        return all;
    }

    private static String word(List<InstanceFmri> all, int which) {
        return all.get(which).service() + ":" + all.get(which).instance();
    }

    private static List<InstanceFmri> shuffled(List<InstanceFmri> all, Random random) {
        List<InstanceFmri> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }

    /// Instances that are disabled and enabled, while others are slow to go, all come back, and nobody who could run stays down.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}) void disablesStrandNobody(long seed) {
        Random random = new Random(seed);
        List<InstanceFmri> all = instances(3 + random.nextInt(57));
        List<Definition> drawn = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            drawn.add(withoutExclusions(definition(all, i, random)));
        }
        Play play = Play.allOf(drawn);
        Set<InstanceFmri> online = all.stream().filter(play::isOnline).collect(Collectors.toSet());
        for (int round = 0; round < 40; round++) {
            List<InstanceFmri> some = List.of(any(all, random), any(all, random), any(all, random));
            List<InstanceFmri> slow = List.of(any(all, random), any(all, random), any(all, random));
            disableAndEnable(play, some, slow);
            String when = "seed " + seed + ", round " + round;
            for (InstanceFmri fmri : all) {
                assertTrue(!online.contains(fmri) || play.isOnline(fmri), () -> when + ": " + fmri + " did not come back");
                assertTrue(
                        play.isOnline(fmri) || play.graph.satisfaction(fmri) != Satisfaction.SATISFIED,
                        () -> when + ": " + fmri + " could run");
            }
        }
    }

    private static void disableAndEnable(Play play, List<InstanceFmri> some, List<InstanceFmri> slow) {
        slow.forEach(play::hold);
        play.disable(some.get(0));
        play.disable(some.get(1));
        play.finish(slow.get(0));
        play.enable(some.get(0));
        play.disable(some.get(2));
        play.finish(slow.get(1));
        play.enable(some.get(1));
        play.enable(some.get(2));
        play.finish(slow.get(2));
    }

    private static Definition withoutExclusions(Definition definition) {
        return new Definition(
                definition.fmri(),
                definition.model(),
                definition.restarter(),
                definition.dependencies().stream().filter(g -> g.grouping() != Grouping.EXCLUDE_ALL).toList(),
                definition.methods(),
                definition.rateLimit(),
                definition.ignoredErrors(),
                definition.timeoutRule(),
                definition.commonName(),
                definition.faults());
    }

    private static InstanceFmri any(List<InstanceFmri> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
