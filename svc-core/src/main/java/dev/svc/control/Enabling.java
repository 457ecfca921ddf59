package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Published;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Recursion;
import dev.svc.graph.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// `enable` and `disable`: all operands by one change.
record Enabling(Submission submission, Operands operands, Patience patience, Goal goal) implements Verb {
    /// Longest comment, in bytes.
    private static final int LONGEST_COMMENT = 1023;

    @Override public void answer(Inquiry inquiry) throws IOException, InterruptedException {
        Permanence permanence = inquiry.asked().truth("temporary") ? Permanence.TEMPORARILY : Permanence.PERMANENTLY;
        Optional<String> comment = inquiry.asked().tryText("comment").filter(c -> !c.isEmpty());
        boolean synchronous = inquiry.asked().truth("synchronous");
        if (comment.filter(c -> c.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMENT).isPresent()) {
            inquiry.replies().error("disable -c comment too long.");
            return;
        }
        Published published = submission.engine().published();
        List<InstanceFmri> named = operands.instances(inquiry, published);
        List<InstanceFmri> all = inquiry.asked().truth("recursive") && goal == Goal.ENABLED
                ? withRequired(inquiry, named, published)
                : named;
        if (set(inquiry, permitted(inquiry, all, permanence, published), permanence, comment) == all.size() && synchronous) {
            patience.await(inquiry, named, goal);
        }
    }

    private List<InstanceFmri> withRequired(Inquiry inquiry, List<InstanceFmri> named, Published published) throws IOException {
        World world = patience.worlds().of(published);
        SequencedSet<InstanceFmri> all = new LinkedHashSet<>();
        SequencedSet<String> warnings = new LinkedHashSet<>();
        for (InstanceFmri fmri : named) {
            all.add(fmri);
            if (world.item(fmri).isPresent()) {
                Recursion recursion = Recursion.of(world, fmri);
                all.addAll(recursion.instances());
                warnings.addAll(recursion.warnings());
                for (String note : recursion.notes()) {
                    inquiry.replies().note(note);
                }
            }
        }
        inquiry.replies().warnings(List.copyOf(warnings));
        return List.copyOf(all);
    }

    private List<InstanceFmri> permitted(Inquiry inquiry, List<InstanceFmri> all, Permanence permanence, Published published)
            throws IOException {
        Demands demands = new Demands(published.model());
        String property = permanence == Permanence.TEMPORARILY ? "general_ovr/enabled" : "general/enabled";
        List<InstanceFmri> permitted = new ArrayList<>();
        for (InstanceFmri fmri : all) {
            if (Submission.permitted(inquiry, demands.enabling(fmri, permanence), fmri, "not " + participle(), property)) {
                permitted.add(fmri);
            }
        }
        return permitted;
    }

    /// Yields how many were set.
    private int set(Inquiry inquiry, List<InstanceFmri> instances, Permanence permanence, Optional<String> comment) throws IOException {
        if (instances.isEmpty()) {
            return 0;
        }
        List<Administration.Enabling> what = instances.stream().map(f -> new Administration.Enabling(f, goal == Goal.ENABLED)).toList();
        if (!submission.done(inquiry, new Administration.SetEnabled(what, permanence, comment, inquiry.asker()))) {
            return 0;
        }
        String how = permanence == Permanence.TEMPORARILY ? " temporarily " : " ";
        for (InstanceFmri fmri : instances) {
            inquiry.replies().done(fmri, fmri + how + participle() + ".");
        }
        return instances.size();
    }

    private String participle() {
        return goal == Goal.ENABLED ? "enabled" : "disabled";
    }
}
