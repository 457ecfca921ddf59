package dev.svc.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The milestone in force: which instances it includes, and which of the others are still to go down, dependents first.
///
/// Inside are the milestone and all it depends on; optional dependencies only if they are enabled for good, exclusions never. Outside,
/// every instance is given a temporary disable, and one that is up is *outstanding*: it is told when nothing outstanding depends on it
/// (exclusions aside).
final class Subgraph {
    private final Settlement settlement;
    private final SortedSet<InstanceVertex> outstanding = new TreeSet<>();
    /// Those that are to go down and were not told yet.
    private final SortedSet<InstanceVertex> pending = new TreeSet<>();
    private Milestone milestone = new Milestone.All();

    Subgraph(Settlement settlement) {
        this.settlement = settlement;
    }

    Milestone milestone() {
        return milestone;
    }

    SortedSet<InstanceVertex> outstanding() {
        return outstanding;
    }

    /// Puts `milestone` in force. `drop` has an instance be as it is set for good.
    void enter(Milestone next, Entry entry, Collection<InstanceVertex> all, Optional<InstanceVertex> at, Consumer<InstanceVertex> drop) {
        milestone = next;
        Set<InstanceVertex> untold = new HashSet<>(pending);
        outstanding.clear();
        pending.clear();
        Set<InstanceVertex> included = included(all, at);
        List<InstanceVertex> outside = new ArrayList<>();
        for (InstanceVertex instance : all) {
            boolean changes = instance.inside != included.contains(instance);
            instance.inside = included.contains(instance);
            if (!instance.isConfigured()) {
                continue;
            }
            if (changes && entry == Entry.ASSUMED) {
                settlement.emit(new Command.Override(instance.fmri(), instance.enabled.temporary()));
            } else if (instance.inside && (changes || entry == Entry.REQUESTED)) {
                takeIn(instance, changes, untold.contains(instance), drop);
            } else if (!instance.inside && (changes || entry == Entry.REQUESTED || isOnItsWay(instance))) {
                leaveOut(instance, changes, outside);
            }
        }
        takeDown(outside, all);
    }

    private static boolean isOnItsWay(InstanceVertex instance) {
        return instance.enabled.temporary().equals(Optional.of(false));
    }

    /// Edges or permanent settings changed, or `fresh` was configured: whoever thereby changes sides is treated as if the milestone were
    /// entered anew.
    void review(Collection<InstanceVertex> all, Optional<InstanceVertex> at, Optional<InstanceVertex> fresh,
            Consumer<InstanceVertex> drop) {
        if (milestone instanceof Milestone.All) {
            return;
        }
        Set<InstanceVertex> included = included(all, at);
        List<InstanceVertex> outside = new ArrayList<>();
        for (InstanceVertex instance : all) {
            boolean changes = instance.inside != included.contains(instance) || fresh.equals(Optional.of(instance));
            instance.inside = included.contains(instance);
            if (changes && instance.isConfigured()) {
                if (instance.inside) {
                    outstanding.remove(instance);
                    takeIn(instance, true, pending.remove(instance), drop);
                } else {
                    leaveOut(instance, true, outside);
                }
            }
        }
        takeDown(outside, all);
    }

    /// `instance` completed a transition, or is no more.
    void arrived(InstanceVertex instance) {
        if (!instance.isConfigured()) {
            pending.remove(instance);
        }
        if (!instance.isUp() && outstanding.remove(instance)) {
            for (InstanceVertex above : above(instance)) {
                above.upDependents--;
                shutIfLeaf(above);
            }
        }
    }

    /// Whether it goes, or went, down for the milestone, in its turn.
    boolean takesDown(InstanceVertex instance) {
        return outstanding.contains(instance);
    }

    /// An administrator enabled it: it is left alone. What it depends on still waits for it.
    void spare(InstanceVertex instance) {
        pending.remove(instance);
    }

    /// It is included. Even if that leaves its setting as it is, the next manager must know on which side it was, or take it for one that
    /// was outside and enabled there.
    ///
    /// @param untold whether it still waited to be told to go: disabled for good it goes all the same
    private void takeIn(InstanceVertex instance, boolean changes, boolean untold, Consumer<InstanceVertex> drop) {
        if (instance.enabled.temporary().isPresent() || untold && !instance.isEnabled()) {
            drop.accept(instance);
        } else if (changes) {
            settlement.emit(new Command.Override(instance.fmri(), Optional.empty()));
        }
    }

    /// It is not included. One that is down already must remember that: when it comes to be inside, its setting for good counts.
    private void leaveOut(InstanceVertex instance, boolean changes, List<InstanceVertex> outside) {
        if (changes && !instance.isEnabled() && instance.enabled.temporary().isPresent()) {
            settlement.emit(new Command.Override(instance.fmri(), instance.enabled.temporary()));
        }
        outside.add(instance);
    }

    /// All settings come first, so that a new manager knows who was to go if this one is killed on the way.
    private void takeDown(List<InstanceVertex> outside, Collection<InstanceVertex> all) {
        outside.stream().filter(InstanceVertex::isUp).forEach(outstanding::add);
        outside.forEach(this::override);
        pending.addAll(outside);
        all.forEach(v -> v.upDependents = 0);
        outstanding.forEach(v -> above(v).forEach(a -> a.upDependents++));
        for (InstanceVertex instance : List.copyOf(pending)) {
            shutIfLeaf(instance);
        }
    }

    private void override(InstanceVertex instance) {
        if (instance.isEnabled()) {
            instance.enabled = instance.enabled.withTemporary(Optional.of(false));
            settlement.emit(new Command.Override(instance.fmri(), Optional.of(false)));
            settlement.touch(instance);
        }
    }

    private void shutIfLeaf(InstanceVertex instance) {
        if (instance.upDependents == 0 && pending.remove(instance)) {
            settlement.sendDown(instance, new Command.Disable(instance.fmri(), Command.By.GRAPH));
        }
    }

    /// A milestone that is absent excludes nobody: it may be about to be imported.
    private Set<InstanceVertex> included(Collection<InstanceVertex> all, Optional<InstanceVertex> at) {
        if (milestone instanceof Milestone.All || milestone instanceof Milestone.At && at.isEmpty()) {
            return new HashSet<>(all);
        }
        Set<InstanceVertex> included = new HashSet<>();
        Deque<InstanceVertex> open = new ArrayDeque<>();
        at.ifPresent(open::push);
        while (!open.isEmpty()) {
            InstanceVertex instance = open.pop();
            if (included.add(instance)) {
                for (Requirement requirement : instance.requirements) {
                    if (!requirement.excludes()) {
                        requirement.instances().filter(i -> !requirement.isOptional() || i.enabled.permanent()).forEach(open::push);
                    }
                }
            }
        }
        return included;
    }

    private static List<InstanceVertex> above(InstanceVertex instance) {
        return instance.requirements.stream().filter(r -> !r.excludes()).flatMap(Requirement::instances).toList();
    }
}
