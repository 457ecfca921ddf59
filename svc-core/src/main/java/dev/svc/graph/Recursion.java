package dev.svc.graph;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// What `svcadm enable -r` enables beside an instance: its restarter and, again and again, all that is required and leaves no choice.
///
/// @param instances the instance itself first, then depth first in the order of its dependencies
/// @param notes for standard output: where a choice was left to the administrator
/// @param warnings for standard error: what could not be followed; any makes the exit status 1
public record Recursion(List<InstanceFmri> instances, List<String> notes, List<String> warnings) {
    public Recursion {
        instances = List.copyOf(instances);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /// Semantics: svcadm(8). Dependencies are those of running snapshots; optional and excluded ones, and files, are not followed.
    public static Recursion of(World world, InstanceFmri fmri) {
        Walk walk = new Walk(world);
        walk.from(fmri);
        return new Recursion(List.copyOf(walk.visited), walk.notes, List.copyOf(new LinkedHashSet<>(walk.warnings)));
    }

    private static final class Walk {
        private final World world;
        private final SequencedSet<InstanceFmri> visited = new LinkedHashSet<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final SequencedMap<InstanceFmri, Iterator<EntityFmri>> path = new LinkedHashMap<>();

        Walk(World world) {
            this.world = world;
        }

        /// Keeps its own stack: chains of thousands are fine.
        void from(InstanceFmri first) {
            follow(first);
            while (!path.isEmpty()) {
                Iterator<EntityFmri> next = path.lastEntry().getValue();
                if (next.hasNext()) {
                    follow(next.next());
                } else {
                    path.pollLastEntry();
                }
            }
        }

        private void follow(EntityFmri entity) {
            if (Blockers.isManager(entity)) {
                return;
            }
            List<World.Item> items = world.standsFor(entity);
            if (items.size() == 1) {
                visit(items.getFirst());
            } else {
                warnings.add(unresolved(entity, items.size()));
            }
        }

        private static String unresolved(EntityFmri entity, int instances) {
            return switch (entity) {
                case InstanceFmri _ -> "No such instance \"" + entity + "\".";
                case ServiceFmri _ -> instances == 0
                        ? "No such service \"" + entity + "\"."
                        : "Operation on service " + entity + " is ambiguous; an instance must be named: it has " + instances
                                + " instances.";
            };
        }

        private void visit(World.Item item) {
            if (path.containsKey(item.fmri())) {
                warnings.add(item.fmri() + ": Dependency cycle detected.");
            } else if (visited.add(item.fmri())) {
                path.put(item.fmri(), required(item).iterator());
            }
        }

        private List<EntityFmri> required(World.Item item) {
            List<EntityFmri> all = new ArrayList<>();
            all.add(item.definition().restarter());
            for (DependencyGroup group : item.definition().dependencies()) {
                List<EntityFmri> entities = group.entities().stream().flatMap(Walk::entity).toList();
                if (group.grouping() == Grouping.REQUIRE_ALL) {
                    all.addAll(entities);
                } else if (group.grouping() == Grouping.REQUIRE_ANY && !entities.isEmpty()) {
                    all.addAll(onlyChoice(item, entities));
                }
            }
            return all;
        }

        private List<EntityFmri> onlyChoice(World.Item item, List<EntityFmri> entities) {
            SequencedSet<InstanceFmri> choices = new LinkedHashSet<>();
            entities.forEach(e -> world.standsFor(e).forEach(i -> choices.add(i.fmri())));
            if (choices.size() <= 1) {
                return List.copyOf(choices);
            }
            notes.add(item.fmri() + " requires one of:");
            entities.forEach(e -> notes.add("  " + e));
            return List.of();
        }

        private static Stream<EntityFmri> entity(Fmri fmri) {
            return fmri instanceof EntityFmri named ? Stream.of(named) : Stream.empty();
        }
    }
}
