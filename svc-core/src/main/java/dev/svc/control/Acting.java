package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `restart`, `refresh`, `clear` and `mark`: one request to each operand, all under way at once.
record Acting(Submission submission, Operands operands, Patience patience, Actions actions) implements Verb {
    /// What one of these verbs asks for.
    interface Actions {
        /// The action that an inquiry means.
        Action of(Inquiry inquiry, Published published) throws IOException;
    }

    @Override public void answer(Inquiry inquiry) throws IOException, InterruptedException {
        Published published = submission.engine().published();
        Action action = actions.of(inquiry, published);
        boolean synchronous = inquiry.asked().truth("synchronous");
        List<InstanceFmri> instances = operands.instances(inquiry, published);
        Map<InstanceFmri, CompletableFuture<Answer>> begun = begin(inquiry, instances, action, published);
        if (say(inquiry, begun, action, published) == instances.size() && synchronous) {
            patience.await(inquiry, instances, action.goal());
        }
    }

    private Map<InstanceFmri, CompletableFuture<Answer>> begin(Inquiry inquiry, List<InstanceFmri> instances, Action action,
            Published published) throws IOException {
        Demands demands = new Demands(published.model());
        Map<InstanceFmri, CompletableFuture<Answer>> begun = new LinkedHashMap<>();
        for (InstanceFmri fmri : instances) {
            Optional<Standing> standing = InstanceLines.standing(fmri, published);
            Optional<String> obstacle = action.obstacle(fmri, standing);
            if (obstacle.isPresent() && !inquiry.isAgain()) {
                inquiry.replies().error(obstacle.get());
            } else if (Submission.permitted(inquiry, demands.acting(fmri), fmri, "not " + action.participle(),
                    "restarter_actions/" + action.property(standing))) {
                // What stands in the way of one that is asked again is that it was done when it was asked first.
                begun.put(fmri, obstacle.isPresent()
                        ? CompletableFuture.completedFuture(new Answer.Done())
                        : submission.begin(new Administration.Ask(fmri, action.request(), inquiry.asker())));
            }
        }
        return begun;
    }

    /// Yields how many were done.
    private static int say(Inquiry inquiry, Map<InstanceFmri, CompletableFuture<Answer>> begun, Action action, Published before)
            throws IOException {
        int done = 0;
        for (Map.Entry<InstanceFmri, CompletableFuture<Answer>> entry : begun.entrySet()) {
            if (Submission.isDone(inquiry, entry.getValue().join())) {
                Optional<Standing> standing = InstanceLines.standing(entry.getKey(), before);
                inquiry.replies().done(entry.getKey(), action.text(entry.getKey(), standing));
                done++;
            }
        }
        return done;
    }
}
