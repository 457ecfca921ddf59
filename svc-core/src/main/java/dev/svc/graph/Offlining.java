package dev.svc.graph;

import dev.svc.model.ErrorClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// An administrator's disable: dependents go down first, the disabled instance last.
///
/// The disabled instance is a *root*. It and all that follow it down (see [Requirement#followsDown]) are marked. A marked instance is
/// *busy* if it runs or if a busy one follows it down; each knows how many busy ones directly follow it. One that runs and has none is
/// a leaf: it is told to stop. When it has gone, those it depended on count one less, and may be leaves then; when a root is a leaf it
/// is told to disable. Marked instances satisfy nobody, and nobody who would follow them down is started meanwhile.
///
/// An enable withdraws a root: marks are then laid anew from the roots that remain, so none can be stranded.
final class Offlining {
    private final Settlement settlement;
    private final SequencedSet<InstanceVertex> roots = new LinkedHashSet<>();
    private final SequencedSet<InstanceVertex> marked = new LinkedHashSet<>();

    Offlining(Settlement settlement) {
        this.settlement = settlement;
    }

    /// `root` is to be disabled after all that follow it down.
    void disable(InstanceVertex root) {
        roots.add(root);
        root.toDisable = true;
        root.sentDown = false;
        settlement.touch(root);
        extendFrom(root);
    }

    /// `root` is not to be disabled any more.
    void withdraw(InstanceVertex root) {
        if (roots.remove(root)) {
            root.toDisable = false;
            root.sentDown = false;
            settlement.touch(root);
            relay();
        }
    }

    /// Takes all marks away, as edges are about to change; [#relay] lays them again.
    void lift() {
        for (InstanceVertex instance : List.copyOf(marked)) {
            unmark(instance);
            instance.busy = false;
            instance.busyDependents = 0;
        }
    }

    /// Lays the marks anew from all roots.
    void relay() {
        lift();
        roots.forEach(this::extendFrom);
    }

    /// `instance` completed a transition.
    void arrived(InstanceVertex instance) {
        if (instance.isRunning()) {
            if (marked.contains(instance)) {
                busy(instance);
                leave(instance);
            }
        } else if (roots.remove(instance)) {
            instance.toDisable = false;
            settlement.touch(instance);
            gone(instance);
            if (instance.busyDependents > 0) {
                // It went before they did; whether they go on is for the other roots to say.
                relay();
            } else {
                unmark(instance);
            }
        } else if (marked.contains(instance) && instance.busyDependents == 0) {
            unmark(instance);
            gone(instance);
        }
    }

    /// `instance` is deleted.
    void forget(InstanceVertex instance) {
        roots.remove(instance);
        instance.toDisable = false;
    }

    private void extendFrom(InstanceVertex root) {
        if (marked.contains(root)) {
            leave(root);
            return;
        }
        List<InstanceVertex> fresh = new ArrayList<>();
        Queue<InstanceVertex> open = new ArrayDeque<>();
        markInto(fresh, open, root);
        while (!open.isEmpty()) {
            open.poll().forEachDependent(r -> {
                if (r.followsDown() && (r.owner().isEnabled() || r.owner().isRunning())) {
                    markInto(fresh, open, r.owner());
                }
            });
        }
        for (InstanceVertex instance : fresh) {
            instance.forEachDependent(r -> {
                if (r.followsDown() && r.owner().busy) {
                    instance.busyDependents++;
                }
            });
        }
        for (InstanceVertex instance : fresh) {
            if (instance.isRunning() || instance.busyDependents > 0) {
                busy(instance);
            }
        }
        for (InstanceVertex instance : fresh) {
            leave(instance);
        }
    }

    private void markInto(List<InstanceVertex> fresh, Queue<InstanceVertex> open, InstanceVertex instance) {
        if (marked.add(instance)) {
            instance.toOffline = true;
            instance.forEachDependent(r -> {
                if (r.followsDown()) {
                    r.owner().heldBy++;
                    settlement.touch(r.owner());
                }
            });
            settlement.touch(instance);
            fresh.add(instance);
            open.add(instance);
        }
    }

    private void unmark(InstanceVertex instance) {
        if (marked.remove(instance)) {
            instance.toOffline = false;
            instance.forEachDependent(r -> {
                if (r.followsDown()) {
                    r.owner().heldBy--;
                    settlement.touch(r.owner());
                }
            });
            settlement.touch(instance);
        }
    }

    /// It is busy, and so is all that it follows down.
    private void busy(InstanceVertex instance) {
        Queue<InstanceVertex> open = new ArrayDeque<>();
        open.add(instance);
        while (!open.isEmpty()) {
            InstanceVertex next = open.poll();
            if (!next.busy) {
                next.busy = true;
                forEachAbove(next, above -> {
                    above.busyDependents++;
                    open.add(above);
                });
            }
        }
    }

    /// It does not run any more: those it depended on may go.
    private void gone(InstanceVertex instance) {
        Queue<InstanceVertex> open = new ArrayDeque<>();
        open.add(instance);
        while (!open.isEmpty()) {
            InstanceVertex next = open.poll();
            if (next.busy && !next.isRunning() && next.busyDependents == 0) {
                next.busy = false;
                forEachAbove(next, above -> {
                    above.busyDependents--;
                    open.add(above);
                });
            }
            if (next != instance) {
                leave(next);
            }
        }
    }

    private void forEachAbove(InstanceVertex instance, Consumer<InstanceVertex> action) {
        for (Requirement requirement : instance.requirements) {
            if (requirement.followsDown()) {
                requirement.instances().filter(marked::contains).forEach(action);
            }
        }
    }

    /// If nothing that follows it down is busy, it is its turn.
    private void leave(InstanceVertex instance) {
        if (!marked.contains(instance) || instance.busyDependents > 0) {
            return;
        }
        if (instance.toDisable) {
            sendDown(instance, new Command.Disable(instance.fmri(), Command.By.ADMINISTRATOR));
        } else if (instance.isRunning()) {
            sendDown(
                    instance,
                    instance.isEnabled()
                            ? new Command.Stop(instance.fmri(), ErrorClass.RESTART)
                            : new Command.Disable(instance.fmri(), Command.By.GRAPH));
        } else {
            unmark(instance);
        }
    }

    private void sendDown(InstanceVertex instance, Command command) {
        if (!instance.sentDown) {
            instance.sentDown = true;
            settlement.sendDown(instance, command);
        }
    }
}
