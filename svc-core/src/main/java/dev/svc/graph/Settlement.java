package dev.svc.graph;

import dev.svc.model.ErrorClass;
import dev.svc.model.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;

/// Carries what changed at one vertex to all that feel it, until nothing changes any more; then says who can start. It also collects
/// the commands of one call.
///
/// A vertex that changed tells the groups which name it, each group adjusts its count, and only if the group's value changes is its
/// owner looked at: work is proportional to what changed, not to what exists. As the graph without its exclusions has no cycle, and
/// exclusions look at states only, this ends.
final class Settlement {
    private final Queue<Vertex> changed = new ArrayDeque<>();
    private final SequencedSet<Vertex> queued = new LinkedHashSet<>();
    private final SortedSet<InstanceVertex> startable = new TreeSet<>();
    private final SequencedSet<Command> commands = new LinkedHashSet<>();
    private long steps;

    /// Something about `vertex` changed.
    void touch(Vertex vertex) {
        if (queued.add(vertex)) {
            changed.add(vertex);
        }
    }

    void emit(Command command) {
        commands.add(command);
    }

    /// Tells an instance to stop.
    void sendDown(InstanceVertex instance, Command command) {
        emit(command);
        leaves(instance);
    }

    /// An instance stops or is told to. One that runs counts as running for nobody from now on: who started against it would have to stop
    /// again at once.
    void leaves(InstanceVertex instance) {
        if (instance.isRunning()) {
            instance.leaving = true;
            touch(instance);
        }
    }

    /// A dependency of `dependent` left the running states, was refreshed, or must not run beside it.
    void stop(InstanceVertex dependent, ErrorClass cause) {
        if (dependent.isRunning()) {
            sendDown(dependent, new Command.Stop(dependent.fmri(), cause));
        } else if (dependent.starting && dependent.state == State.OFFLINE) {
            // It cannot be stopped while it starts; without this it would go online with a dependency that it never saw.
            dependent.missed = cause;
        }
    }

    /// Settles, and yields the commands given since the last time: those given by the way, then who can start, by name.
    List<Command> settled() {
        for (Vertex vertex = changed.poll(); vertex != null; vertex = changed.poll()) {
            queued.remove(vertex);
            settle(vertex);
        }
        for (InstanceVertex instance : startable) {
            if (instance.ready) {
                instance.starting = true;
                emit(new Command.Start(instance.fmri()));
            }
        }
        startable.clear();
        List<Command> all = new ArrayList<>(commands);
        commands.clear();
        return List.copyOf(all);
    }

    /// How many groups were told of changes so far: what the work is proportional to.
    long steps() {
        return steps;
    }

    private void settle(Vertex vertex) {
        Contributions old = vertex.told();
        Contributions now = vertex.contributions();
        if (!old.equals(now)) {
            vertex.tell(now);
            for (Requirement requirement : vertex.dependents()) {
                steps++;
                if (requirement.hear(old, now)) {
                    touch(requirement.owner());
                }
            }
        }
        if (vertex instanceof InstanceVertex instance) {
            if (instance.isConfigured() && !old.equals(now)) {
                instance.service().hear(old, now);
                touch(instance.service());
            }
            judge(instance);
        }
    }

    private void judge(InstanceVertex instance) {
        boolean now = instance.shouldStart();
        if (now && !instance.ready) {
            startable.add(instance);
        }
        instance.ready = now;
    }
}
