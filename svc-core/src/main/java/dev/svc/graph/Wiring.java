package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.model.Reason;
import dev.svc.model.RestartOn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts definitions in force: links an instance's requirements to what they name, unless the definition has a mistake or would close
/// a cycle.
final class Wiring {
    private final Vertices vertices;
    private final Settlement settlement;

    Wiring(Vertices vertices, Settlement settlement) {
        this.vertices = vertices;
        this.settlement = settlement;
    }

    /// Adds an instance to its service and to the files it names; [#define] or [#linkAll] follows.
    void configure(InstanceVertex instance, Definition definition) {
        instance.definition = Optional.of(definition);
        vertices.renameFiles(Optional.empty(), instance.definition);
        instance.service().join(instance);
        settlement.touch(instance.service());
        settlement.touch(instance);
    }

    /// Takes an instance out.
    void remove(InstanceVertex instance) {
        unlink(instance);
        vertices.renameFiles(instance.definition, Optional.empty());
        instance.definition = Optional.empty();
        instance.flaw = Optional.empty();
        instance.service().leave(instance);
        settlement.touch(instance.service());
        settlement.touch(instance);
    }

    /// Links many at once that were configured and not yet linked, in their order.
    void linkAll(List<InstanceVertex> instances) {
        BulkLink bulk = new BulkLink(instances, this::targets);
        instances.stream().filter(bulk::isSafe).forEach(this::link);
        bulk.suspects(instances).forEach(i -> define(i, i.definition.orElseThrow()));
    }

    /// Replaces the definition of an instance that is configured. If it cannot be in force the instance has a flaw and no requirements.
    void define(InstanceVertex instance, Definition definition) {
        unlink(instance);
        vertices.renameFiles(instance.definition, Optional.of(definition));
        instance.definition = Optional.of(definition);
        List<InstanceFmri> cycle = Cycles.through(instance, targets(instance));
        if (cycle.isEmpty()) {
            link(instance);
        } else {
            flaw(
                    instance,
                    Reason.DEPENDENCY_CYCLE,
                    "completes a dependency cycle: " + cycle.stream().map(InstanceFmri::toString).collect(Collectors.joining(" -> ")));
        }
        settlement.touch(instance);
    }

    private void link(InstanceVertex instance) {
        Definition definition = instance.definition.orElseThrow();
        if (!definition.faults().isEmpty()) {
            Definition.Fault fault = definition.faults().getFirst();
            flaw(instance, fault.kind().reason(), fault.sentence());
            return;
        }
        instance.flaw = Optional.empty();
        instance.requirements = groups(definition).stream().map(g -> new Requirement(instance, g, vertices.entities(g))).toList();
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
                    vertices.prune(named);
                }
            }
        }
    }

    /// The dependency groups, and before them its restarter as one more: whatever happens to that stops those it serves.
    private static List<DependencyGroup> groups(Definition definition) {
        if (Vertices.isManager(definition.restarter())) {
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
        return groups(definition).stream().filter(g -> g.grouping() != Grouping.EXCLUDE_ALL).flatMap(g -> vertices.entities(g).stream())
                .toList();
    }
}
