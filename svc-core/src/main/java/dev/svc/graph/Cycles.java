package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds out whether a definition would close a cycle of dependencies.
final class Cycles {
    private Cycles() {}

    /// The cycle through `instance` if it depended on `targets`, beginning and ending with it; empty if there would be none. Looks only
    /// at what the targets depend on.
    static List<InstanceFmri> through(InstanceVertex instance, List<Vertex> targets) {
        Map<Vertex, Vertex> from = new HashMap<>();
        Deque<Vertex> open = new ArrayDeque<>();
        visit(targets, instance, from, open);
        while (!open.isEmpty()) {
            Vertex next = open.poll();
            if (next == instance) {
                return path(instance, from);
            }
            visit(needs(next), next, from, open);
        }
        return List.of();
    }

    private static void visit(Iterable<? extends Vertex> targets, Vertex source, Map<Vertex, Vertex> from, Deque<Vertex> open) {
        for (Vertex target : targets) {
            if (from.putIfAbsent(target, source) == null) {
                open.add(target);
            }
        }
    }

    private static Iterable<? extends Vertex> needs(Vertex vertex) {
        return switch (vertex) {
            case InstanceVertex instance -> instance.requirements.stream().filter(r -> !r.excludes()).flatMap(r -> r.entities().stream())
                    .toList();
            case ServiceVertex service -> service.instances();
            case FileVertex _,ManagerVertex _ -> List.of();
        };
    }

    private static List<InstanceFmri> path(InstanceVertex instance, Map<Vertex, Vertex> from) {
        List<InstanceFmri> path = new ArrayList<>();
        path.add(instance.fmri());
        for (Vertex v = from.get(instance); v != instance; v = from.get(v)) {
            if (v instanceof InstanceVertex hop) {
                path.add(hop.fmri());
            }
        }
        path.add(instance.fmri());
        return path.reversed();
    }
}
