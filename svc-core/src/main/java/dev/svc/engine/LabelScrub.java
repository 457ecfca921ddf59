package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.fmri.InstanceFmri;
import dev.svc.repository.Finding;
import dev.svc.restarter.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/// Reads the copies of labels and of the root's record, and has those that were lost or damaged written again: memory is the best copy while
/// it lives, and the next manager has nothing else. Used by the engine thread, between two messages: while one is handled a label may be
/// ahead of its copies.
final class LabelScrub {
    /// How many at least are looked at each time, so that a small machine's are all within minutes.
    private static final int LEAST = 64;
    /// How many times it takes to look at all there are, at most.
    private static final int TIMES = 60;

    private final Contracts contracts;
    private final Instances instances;
    private final RootMemory root;
    private final Queue<InstanceFmri> left = new ArrayDeque<>();
    private int share;

    LabelScrub(Contracts contracts, Instances instances, RootMemory root) {
        this.contracts = contracts;
        this.instances = instances;
        this.root = root;
    }

    /// Looks at the root's record and the next few labels; at all if one of those was damaged, as others are probably, too.
    List<Finding> some() {
        if (left.isEmpty()) {
            left.addAll(instances.all().keySet());
            share = Math.max(LEAST, Math.ceilDiv(left.size(), TIMES));
        }
        List<Finding> found = ofRoot();
        for (int i = 0; i < share && !left.isEmpty(); i++) {
            found.addAll(ofLabel(left.remove()));
        }
        if (!found.isEmpty()) {
            found.addAll(all());
        }
        return found;
    }

    /// Looks at all of them.
    List<Finding> all() {
        List<Finding> found = ofRoot();
        instances.all().keySet().stream().sorted().forEach(fmri -> found.addAll(ofLabel(fmri)));
        return found;
    }

    private List<Finding> ofRoot() {
        List<Finding> found = new ArrayList<>();
        if (!root.record().saysNothing()) {
            contracts.scrubRoot(root.record()).forEach(damage -> found.add(finding("record of the root", damage, Optional.empty())));
        }
        return found;
    }

    private List<Finding> ofLabel(InstanceFmri fmri) {
        Optional<Label> stored = instances.standing(fmri).map(Standing::label)
                .filter(label -> label.revision() > 0 && !instances.hasLeftovers(fmri));
        List<Finding> found = new ArrayList<>();
        stored.ifPresent(label -> contracts.scrubLabel(label).forEach(
                damage -> found.add(finding("label", damage, Optional.of(fmri.toString())))));
        return found;
    }

    private static Finding finding(String of, Contracts.Damage damage, Optional<String> entity) {
        return new Finding(Finding.Level.V5, Finding.Gravity.DAMAGE, damage.where(), of + " " + damage.what(), entity, Optional.empty(),
                OptionalLong.empty());
    }
}
