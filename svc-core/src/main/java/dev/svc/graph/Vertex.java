package dev.svc.graph;

import java.util.SortedSet;
import java.util.TreeSet;

/// Something that dependencies name. It remembers what it last told the groups that name it, so that they can count.
abstract sealed class Vertex implements Comparable<Vertex> permits InstanceVertex, ServiceVertex, FileVertex, ManagerVertex {
    private final String name;
    private final SortedSet<Requirement> dependents = new TreeSet<>();
    private Contributions told;

    Vertex(String name, Contributions first) {
        this.name = name;
        this.told = first;
    }

    /// What it would tell now.
    abstract Contributions contributions();

    final Contributions told() {
        return told;
    }

    final void tell(Contributions now) {
        told = now;
    }

    /// The groups that name it, by their owner's name.
    final SortedSet<Requirement> dependents() {
        return dependents;
    }

    final String name() {
        return name;
    }

    @Override public final int compareTo(Vertex other) {
        return name.compareTo(other.name);
    }

    @Override public final String toString() {
        return name;
    }
}
