package dev.svc.simulation;

import static dev.svc.simulation.Scenario.require;

import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.restarter.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which milestones may be in force and which may be the default, after what was asked and answered; and who is to run under one: what is
/// outside is down, what is inside is as it is set for good, unless somebody has decided otherwise since it was entered.
final class ExpectedMilestone {
    private static final String ALL = "all";

    private final Scenario scenario;
    private Set<String> inForce = new HashSet<>(Set.of(ALL));
    private Set<String> byDefault = new HashSet<>(Set.of(ALL));
    /// When something last happened to an instance by which it may stand on the wrong side.
    private final Map<InstanceFmri, Long> decided = new HashMap<>();

    ExpectedMilestone(Scenario scenario) {
        this.scenario = scenario;
    }

    void perhaps(String milestone) {
        inForce.add(milestone);
    }

    void perhapsForGood(String milestone) {
        inForce.add(milestone);
        byDefault.add(milestone);
    }

    /// It was asked for at `asked`, and is entered.
    void surely(String milestone, long asked) {
        // Asking for the one in force changes nothing.
        if (!inForce.contains(milestone)) {
            decided.values().removeIf(when -> when < asked);
        }
        inForce = new HashSet<>(Set.of(milestone));
        forgetsIfLost();
    }

    /// Damaged, and neither written nor looked at since.
    private void forgetsIfLost() {
        if (scenario.kernel.rootIsLost()) {
            isForgotten();
        }
    }

    void surelyForGood(String milestone, long asked) {
        surely(milestone, asked);
        byDefault = new HashSet<>(Set.of(milestone));
    }

    /// The default one is entered anew.
    void perhapsAnew() {
        inForce.addAll(byDefault);
    }

    void surelyAnew() {
        inForce = new HashSet<>(byDefault);
        decided.clear();
    }

    /// Somebody decides about an instance, or what was decided is lost.
    void decides(InstanceFmri fmri) {
        decided.put(fmri, scenario.now());
    }

    /// What the milestone did is forgotten.
    void isForgotten() {
        inForce.add(ALL);
        scenario.site.all().forEach(this::decides);
    }

    /// Whether anybody may be outside.
    boolean mayExclude() {
        return !inForce.equals(Set.of(ALL));
    }

    void check(Published published) {
        require(inForce.contains(published.milestone()),
                () -> "milestone " + published.milestone() + " is in force, acknowledged was " + inForce);
        if (isCyclic(published)) {
            return;
        }
        Set<InstanceFmri> included = included(published);
        for (InstanceFmri fmri : scenario.site.all()) {
            Standing standing = published.standings().get(fmri);
            if (standing == null || decided.containsKey(fmri) || standing.label().isBeingForgotten()) {
                continue;
            }
            Label label = standing.label();
            if (included.contains(fmri)) {
                require(label.override().isEmpty(), () -> fmri + " is inside milestone " + published.milestone() + ", and yet " + label);
            } else {
                require(!label.effectivelyEnabled(), () -> fmri + " is outside milestone " + published.milestone() + ", and yet " + label);
            }
        }
    }

    /// Of a cycle one definition is not in force, and only the graph knows which; the next manager's may choose another, unless one was told.
    boolean isCyclic(Published published) {
        return published.standings().keySet().stream().anyMatch(f -> needed(f, published).contains(f));
    }

    void settled(Published published) {
        inForce = new HashSet<>(Set.of(published.milestone()));
        forgetsIfLost();
    }

    private static Set<InstanceFmri> included(Published published) {
        Set<InstanceFmri> included = new HashSet<>();
        switch (published.milestone()) {
            case ALL -> included.addAll(published.standings().keySet());
            case "none" -> {}
            default -> {
                InstanceFmri at = InstanceFmri.parse(published.milestone());
                // One that is absent excludes nobody.
                if (published.standings().containsKey(at)) {
                    include(at, published, included);
                } else {
                    included.addAll(published.standings().keySet());
                }
            }
        }
        return included;
    }

    private static void include(InstanceFmri fmri, Published published, Set<InstanceFmri> included) {
        if (included.add(fmri)) {
            needs(fmri, published, true).forEach(needed -> include(needed, published, included));
        }
    }

    /// All that an instance depends on, however far.
    private static Set<InstanceFmri> needed(InstanceFmri fmri, Published published) {
        Set<InstanceFmri> all = new HashSet<>();
        Deque<InstanceFmri> open = new ArrayDeque<>(needs(fmri, published, false));
        while (!open.isEmpty()) {
            InstanceFmri one = open.pop();
            if (all.add(one)) {
                open.addAll(needs(one, published, false));
            }
        }
        return all;
    }

    /// What it depends on, exclusions aside; of what is optional perhaps only what is enabled for good.
    private static List<InstanceFmri> needs(InstanceFmri fmri, Published published, boolean enabledOnly) {
        List<InstanceFmri> all = new ArrayList<>();
        if (!published.standings().containsKey(fmri)) {
            return all;
        }
        for (DependencyGroup group : published.standings().get(fmri).definition().dependencies()) {
            if (group.grouping() == Grouping.EXCLUDE_ALL) {
                continue;
            }
            for (InstanceFmri needed : instances(group, published)) {
                Standing standing = published.standings().get(needed);
                if (!enabledOnly || group.grouping() != Grouping.OPTIONAL_ALL || standing != null && standing.label().enabled()) {
                    all.add(needed);
                }
            }
        }
        return all;
    }

    private static List<InstanceFmri> instances(DependencyGroup group, Published published) {
        List<InstanceFmri> all = new ArrayList<>();
        for (Fmri entity : group.entities()) {
            if (entity instanceof InstanceFmri instance) {
                all.add(instance);
            } else if (entity instanceof EntityFmri service) {
                published.standings().keySet().stream().filter(i -> i.serviceFmri().equals(service)).forEach(all::add);
            }
        }
        return all;
    }
}
