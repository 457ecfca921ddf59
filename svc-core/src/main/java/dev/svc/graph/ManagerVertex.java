package dev.svc.graph;

/// The master restarter (or its service) as dependencies name it: whoever asks is being run by it, so it is always there.
final class ManagerVertex extends Vertex {
    ManagerVertex(String name) {
        super(name, Contributions.PRESENT);
    }

    @Override Contributions contributions() {
        return Contributions.PRESENT;
    }
}
