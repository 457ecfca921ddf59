package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Published;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Milestone;
import java.io.IOException;
import java.util.Optional;

/// `milestone`: how much of the system is to run.
record MilestoneSetting(Submission submission, Patience patience) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException, InterruptedException {
        String name = inquiry.asked().text("name");
        Permanence permanence = inquiry.asked().truth("default") ? Permanence.PERMANENTLY : Permanence.TEMPORARILY;
        boolean synchronous = inquiry.asked().truth("synchronous");
        Optional<Milestone> milestone = Milestone.named(name);
        if (milestone.isEmpty()) {
            inquiry.replies().warning("\"" + name + "\" is not a valid major milestone.", ExitStatus.USAGE);
            return;
        }
        Demand demand = new Demands(submission.engine().published().model()).settingMilestone();
        String word = milestone.get().toString();
        if (Submission.permitted(inquiry, demand, InstanceFmri.MASTER_RESTARTER, "milestone not set")
                && submission.done(inquiry, new Administration.SetMilestone(word, permanence, inquiry.asker()))) {
            inquiry.replies().done(word, "Milestone set to " + word + ".");
            if (synchronous && !patience.await(inquiry, Published::settled)) {
                inquiry.replies().warning("Milestone " + word + " is not reached yet.", ExitStatus.INSTANCE);
            }
        }
    }
}
