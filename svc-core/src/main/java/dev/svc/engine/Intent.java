package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Milestone;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What is to happen once a change is recorded.
///
/// @param refresh instances whose refresh methods run if their running snapshot changed
/// @param asked instances whose refresh was asked for by name: the method runs in any case
/// @param enabling instances that were enabled or disabled for good: that ends a temporary setting
/// @param milestone the default milestone that is set
record Intent(List<InstanceFmri> refresh, List<InstanceFmri> asked, Set<InstanceFmri> enabling, Optional<Milestone> milestone,
        CompletableFuture<Answer> answer) {
    Intent {
        refresh = List.copyOf(refresh);
        asked = List.copyOf(asked);
        enabling = Set.copyOf(enabling);
    }

    static Intent none(CompletableFuture<Answer> answer) {
        return new Intent(List.of(), List.of(), Set.of(), Optional.empty(), answer);
    }

    static Intent enabling(Set<InstanceFmri> instances, CompletableFuture<Answer> answer) {
        return new Intent(List.of(), List.of(), instances, Optional.empty(), answer);
    }

    static Intent refreshing(List<InstanceFmri> changed, List<InstanceFmri> asked, CompletableFuture<Answer> answer) {
        return new Intent(changed, asked, Set.of(), Optional.empty(), answer);
    }

    static Intent milestone(Milestone milestone, CompletableFuture<Answer> answer) {
        return new Intent(List.of(), List.of(), Set.of(), Optional.of(milestone), answer);
    }
}
