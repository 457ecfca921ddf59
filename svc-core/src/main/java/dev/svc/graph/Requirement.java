package dev.svc.graph;

import dev.svc.model.DependencyGroup;
import dev.svc.model.ErrorClass;
import dev.svc.model.Grouping;
import dev.svc.model.RestartOn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// A dependency group of one instance in the graph, with the count of what its entities contribute.
final class Requirement implements Comparable<Requirement> {
    private final InstanceVertex owner;
    private final DependencyGroup group;
    private final SequencedSet<Vertex> entities;
    private final Tally tally = new Tally();
    private Satisfaction told;

    Requirement(InstanceVertex owner, DependencyGroup group, List<Vertex> entities) {
        this.owner = owner;
        this.group = group;
        this.entities = new LinkedHashSet<>(entities);
    }

    InstanceVertex owner() {
        return owner;
    }

    SequencedSet<Vertex> entities() {
        return entities;
    }

    /// Enters the graph: from now on its entities tell it what changes.
    void link() {
        for (Vertex entity : entities) {
            entity.dependents().add(this);
            tally.add(entity.told().to(group.grouping()));
        }
        told = value();
        owner.needs().add(Contribution.of(told));
    }

    void unlink() {
        owner.needs().remove(Contribution.of(told));
        for (Vertex entity : entities) {
            entity.dependents().remove(this);
            tally.remove(entity.told().to(group.grouping()));
        }
    }

    /// One of its entities tells something else; yields whether that makes a difference to the owner.
    boolean hear(Contributions old, Contributions now) {
        tally.replace(old.to(group.grouping()), now.to(group.grouping()));
        Satisfaction value = value();
        if (value == told) {
            return false;
        }
        owner.needs().replace(Contribution.of(told), Contribution.of(value));
        told = value;
        return true;
    }

    private Satisfaction value() {
        return group.grouping() == Grouping.REQUIRE_ANY && !tally.isEmpty() ? tally.any() : tally.all();
    }

    boolean excludes() {
        return group.grouping() == Grouping.EXCLUDE_ALL;
    }

    boolean isOptional() { return group.grouping() == Grouping.OPTIONAL_ALL; }

    /// Whether the owner must stop when an entity left the running states, or was refreshed, with `error`.
    boolean stopsOn(ErrorClass error) {
        return !excludes() && group.restartOn().covers(error);
    }

    /// Whether the owner goes down before an entity that an administrator disables.
    boolean followsDown() {
        return !excludes() && !isOptional() && (group.restartOn() == RestartOn.RESTART || group.restartOn() == RestartOn.REFRESH);
    }

    /// The instances its entities stand for, those of services included.
    Stream<InstanceVertex> instances() {
        return entities.stream().flatMap(Requirement::instances);
    }

    private static Stream<InstanceVertex> instances(Vertex vertex) {
        return switch (vertex) {
            case InstanceVertex instance -> Stream.of(instance);
            case ServiceVertex service -> service.instances().stream();
            case FileVertex _,ManagerVertex _ -> Stream.empty();
        };
    }

    @Override public int compareTo(Requirement other) {
        int byOwner = owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : group.name().compareTo(other.group.name());
    }
}
