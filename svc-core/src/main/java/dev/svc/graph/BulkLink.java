package dev.svc.graph;

import dev.svc.model.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.LinkedHashSet;
import java.util.function.Function;

/// Tells many instances that are linked at once apart: those that cannot be part of a cycle need no search, so that loading costs what
/// the edges are, not their square.
///
/// Whoever depends on nothing that is left, or on whom nothing that is left depends, is taken away, again and again; what remains is
/// on cycles or between them.
final class BulkLink {
    private final Map<Vertex, List<Vertex>> needs = new LinkedHashMap<>();
    private final Map<Vertex, List<Vertex>> neededBy = new HashMap<>();
    private final SequencedSet<Vertex> left;

    /// @param targets what an instance would depend on
    BulkLink(List<InstanceVertex> instances, Function<InstanceVertex, List<Vertex>> targets) {
        for (InstanceVertex instance : instances) {
            targets.apply(instance).forEach(t -> edge(instance, t));
            edge(instance.service(), instance);
        }
        left = new LinkedHashSet<>(needs.keySet());
        left.addAll(neededBy.keySet());
        peel(needs, neededBy);
        peel(neededBy, needs);
    }

    private void edge(Vertex from, Vertex to) {
        needs.computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
        neededBy.computeIfAbsent(to, _ -> new ArrayList<>()).add(from);
    }

    /// Takes away everything that has no edge of `outward` to what is left.
    private void peel(Map<Vertex, List<Vertex>> outward, Map<Vertex, List<Vertex>> inward) {
        Map<Vertex, Integer> open = new HashMap<>();
        Deque<Vertex> free = new ArrayDeque<>();
        for (Vertex vertex : left) {
            int edges = (int) outward.getOrDefault(vertex, List.of()).stream().filter(left::contains).count();
            open.put(vertex, edges);
            if (edges == 0) {
                free.add(vertex);
            }
        }
        while (!free.isEmpty()) {
            Vertex vertex = free.poll();
            left.remove(vertex);
            for (Vertex other : inward.getOrDefault(vertex, List.of())) {
                if (left.contains(other) && open.merge(other, -1, Integer::sum) == 0) {
                    free.add(other);
                }
            }
        }
    }

    /// Whether linking it cannot close a cycle.
    boolean isSafe(InstanceVertex instance) {
        return !left.contains(instance);
    }

    /// Those of `instances` that may be part of one, in the order in which they are to be tried: who runs first, then who is enabled, for good
    /// or now, then who is not, who is in maintenance last, as whoever comes last is blamed.
    List<InstanceVertex> suspects(List<InstanceVertex> instances) {
        return instances.stream().filter(left::contains).sorted(Comparator.comparing(BulkLink::turn)).toList();
    }

    private static int turn(InstanceVertex instance) {
        if (instance.isRunning()) {
            return 0;
        }
        if (instance.state == State.MAINTENANCE) {
            return 3;
        }
        return instance.isEnabled() || instance.enabled.permanent() ? 1 : 2;
    }
}
