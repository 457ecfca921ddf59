package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// Who is at the bottom of it: for every instance the *root causes* why it does not run, and for every cause whom it keeps from running.
///
/// An instance that is not offline is its own cause, whatever it is in. One that is offline inherits the causes of all that it waits
/// for, with the *next hop* towards each, so that a path can be told; if it waits for nobody, or lacks something that will not come by
/// itself, it is a cause itself. Who is met again while it is being determined is on a cycle.
///
/// The walk keeps its own stack: chains of thousands are fine. Semantics: svcs(1).
final class Causes {
    /// What is wrong with the restarter of an offline instance that nothing else keeps from starting.
    enum RestarterTrouble {
        NONE, INVALID, ABSENT
    }

    private final World world;
    private final Map<InstanceFmri, Blockers> blockers = new HashMap<>();
    private final Map<InstanceFmri, SequencedMap<InstanceFmri, InstanceFmri>> hops = new HashMap<>();
    private final Map<InstanceFmri, SequencedSet<InstanceFmri>> dependents = new HashMap<>();
    private final Map<InstanceFmri, List<InstanceFmri>> cycles = new HashMap<>();
    private final SequencedSet<InstanceFmri> roots = new LinkedHashSet<>();

    Causes(World world) {
        this.world = world;
        for (World.Item item : world.items()) {
            new Walk().determine(item.fmri());
        }
    }

    World world() {
        return world;
    }

    /// Everything that has a problem, or keeps an offline instance from starting.
    List<World.Item> roots() {
        return roots.stream().map(r -> world.item(r).orElseThrow()).toList();
    }

    /// The root causes of an instance; itself last, if it is one.
    List<InstanceFmri> of(InstanceFmri fmri) {
        return List.copyOf(hops.get(fmri).sequencedKeySet());
    }

    /// Entities an offline instance lacks.
    List<Blockers.Bad> bad(InstanceFmri fmri) {
        return blockers.containsKey(fmri) ? blockers.get(fmri).bad() : List.of();
    }

    /// The way from an instance to one of its causes, both included.
    List<InstanceFmri> path(InstanceFmri from, InstanceFmri cause) {
        SequencedSet<InstanceFmri> path = new LinkedHashSet<>();
        InstanceFmri at = from;
        while (path.add(at) && !at.equals(cause)) {
            at = hops.get(at).getOrDefault(cause, cause);
        }
        return List.copyOf(path);
    }

    /// The cycle of offline instances that `fmri` is on, beginning and ending with it; empty if there is none.
    List<InstanceFmri> cycle(InstanceFmri fmri) {
        return cycles.getOrDefault(fmri, List.of());
    }

    /// The offline instances that wait for it, directly or not, nearest first.
    List<InstanceFmri> impact(InstanceFmri fmri) {
        SequencedSet<InstanceFmri> all = new LinkedHashSet<>();
        Deque<InstanceFmri> open = new ArrayDeque<>(List.of(fmri));
        while (!open.isEmpty()) {
            for (InstanceFmri dependent : dependents.getOrDefault(open.poll(), new LinkedHashSet<>())) {
                if (!dependent.equals(fmri) && all.add(dependent)) {
                    open.add(dependent);
                }
            }
        }
        return List.copyOf(all);
    }

    RestarterTrouble restarterTrouble(World.Item item) {
        if (item.definition().faults().stream().anyMatch(f -> f.kind() == Definition.Fault.Kind.INVALID_RESTARTER)) {
            return RestarterTrouble.INVALID;
        }
        InstanceFmri restarter = item.definition().restarter();
        return Blockers.isManager(restarter) || world.item(restarter).isPresent() ? RestarterTrouble.NONE : RestarterTrouble.ABSENT;
    }

    /// Whether the restarter of an instance is there and runs; the master always does.
    boolean hasRunningRestarter(World.Item item) {
        InstanceFmri restarter = item.definition().restarter();
        return Blockers.isManager(restarter) || world.item(restarter).filter(World.Item::isRunning).isPresent();
    }

    /// One depth-first walk from an instance to all that it waits for.
    private final class Walk {
        private final SequencedMap<InstanceFmri, Iterator<InstanceFmri>> stack = new LinkedHashMap<>();

        void determine(InstanceFmri first) {
            enter(first);
            while (!stack.isEmpty()) {
                var top = stack.lastEntry();
                if (top.getValue().hasNext()) {
                    InstanceFmri next = top.getValue().next();
                    dependents.computeIfAbsent(next, _ -> new LinkedHashSet<>()).add(top.getKey());
                    if (stack.containsKey(next)) {
                        foundCycle(next);
                    } else {
                        enter(next);
                    }
                } else {
                    stack.pollLastEntry();
                    inherit(top.getKey());
                }
            }
        }

        private void enter(InstanceFmri fmri) {
            if (hops.containsKey(fmri)) {
                return;
            }
            World.Item item = world.item(fmri).orElseThrow();
            if (item.state() != State.OFFLINE || item.next().isPresent()) {
                causesItself(item);
                return;
            }
            Blockers found = Blockers.of(world, item.definition().dependencies());
            List<InstanceFmri> waits = new ArrayList<>(found.waits());
            if (waits.isEmpty() && found.bad().isEmpty() && !hasRunningRestarter(item) && restarterTrouble(item) == RestarterTrouble.NONE) {
                waits.add(item.definition().restarter());
            }
            blockers.put(fmri, new Blockers(waits, found.bad()));
            stack.put(fmri, waits.iterator());
        }

        private void causesItself(World.Item item) {
            SequencedMap<InstanceFmri, InstanceFmri> self = new LinkedHashMap<>();
            self.put(item.fmri(), item.fmri());
            hops.put(item.fmri(), self);
            boolean problem = switch (item.state()) {
                case MAINTENANCE, DEGRADED, OFFLINE -> true;
                case DISABLED -> item.enabled().effective();
                case UNINITIALIZED, ONLINE -> false;
            };
            if (problem) {
                roots.add(item.fmri());
            }
        }

        private void inherit(InstanceFmri fmri) {
            SequencedMap<InstanceFmri, InstanceFmri> mine = new LinkedHashMap<>();
            for (InstanceFmri hop : blockers.get(fmri).waits()) {
                // Nothing is known yet of one that is on a cycle with this.
                for (InstanceFmri cause : hops.getOrDefault(hop, new LinkedHashMap<>()).sequencedKeySet()) {
                    if (mine.putIfAbsent(cause, hop) == null) {
                        roots.add(cause);
                    }
                }
            }
            if (mine.isEmpty() || !blockers.get(fmri).bad().isEmpty()) {
                mine.put(fmri, fmri);
                roots.add(fmri);
            }
            hops.put(fmri, mine);
        }

        private void foundCycle(InstanceFmri met) {
            List<InstanceFmri> members = new ArrayList<>(stack.sequencedKeySet());
            members = members.subList(members.indexOf(met), members.size());
            for (int i = 0; i < members.size(); i++) {
                List<InstanceFmri> turned = new ArrayList<>(members.subList(i, members.size()));
                turned.addAll(members.subList(0, i + 1));
                cycles.putIfAbsent(members.get(i), turned);
            }
        }
    }

    /// A cycle through `fmri` along what it and others are defined to depend on, beginning and ending with it; empty if there is none.
    List<InstanceFmri> definedCycle(InstanceFmri fmri) {
        Map<InstanceFmri, InstanceFmri> from = new HashMap<>();
        Deque<InstanceFmri> open = new ArrayDeque<>(List.of(fmri));
        Set<InstanceFmri> seen = new LinkedHashSet<>();
        while (!open.isEmpty() && !from.containsKey(fmri)) {
            InstanceFmri at = open.poll();
            if (seen.add(at)) {
                for (InstanceFmri next : world.dependencies(at)) {
                    from.putIfAbsent(next, at);
                    open.add(next);
                }
            }
        }
        if (!from.containsKey(fmri)) {
            return List.of();
        }
        List<InstanceFmri> path = new ArrayList<>(List.of(fmri));
        for (InstanceFmri at = from.get(fmri); !at.equals(fmri); at = from.get(at)) {
            path.add(at);
        }
        path.add(fmri);
        return path.reversed();
    }
}
