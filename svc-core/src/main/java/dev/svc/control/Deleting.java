package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.engine.Published;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.OperandWalk;
import dev.svc.fmri.ServiceFmri;
import dev.svc.manifest.Deletion;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.util.List;

/// `delete`: services with their instances, or instances; what runs only by force, and then it is stopped.
record Deleting(Submission submission, Configuration configuration, Operands operands) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        Published published = submission.engine().published();
        boolean force = inquiry.asked().truth("force");
        OperandWalk walk = operands.walk(inquiry, published, OperandRule.SERVICES);
        for (String warning : walk.warnings()) {
            if (inquiry.isAgain()) {
                inquiry.replies().note(warning + ", or not any more: the manager went away while it was asked to delete them");
            } else {
                inquiry.replies().warning(warning);
            }
        }
        for (Fmri fmri : walk.visits()) {
            if (fmri instanceof EntityFmri entity && Submission.permitted(inquiry, Demands.configuring(), entity, "not deleted")
                    && (force || isIdle(inquiry, entity, published))) {
                delete(inquiry, entity);
            }
        }
    }

    private void delete(Inquiry inquiry, EntityFmri entity) throws IOException {
        Answer answer = configuration.change(model -> {
            if (!model.exists(entity)) {
                return new Configuration.Plan.Nothing(forgotten(inquiry, entity));
            }
            Deletion deletion = Deletion.of(entity, model, inquiry.asker().uid());
            return new Configuration.Plan.Apply(new Administration.Apply(deletion.change(), model, deletion.refresh(), inquiry.asker()));
        });
        if (Submission.isDone(inquiry, answer)) {
            inquiry.replies().done(entity, entity + " deleted.");
        }
    }

    /// What became of instances that are still there though their definition is gone.
    private Answer forgotten(Inquiry inquiry, EntityFmri entity) {
        Answer answer = new Answer.Done();
        for (InstanceFmri fmri : instances(entity, submission.engine().published())) {
            Answer one = submission.begin(new Administration.Ask(fmri, new Request.Forget(), inquiry.asker())).join();
            answer = one instanceof Answer.Done ? answer : one;
        }
        return answer;
    }

    /// Whether nothing of it runs; if something does, says so.
    private static boolean isIdle(Inquiry inquiry, EntityFmri entity, Published published) throws IOException {
        List<InstanceFmri> running = instances(entity, published).stream()
                .filter(i -> InstanceLines.standing(i, published)
                        .filter(s -> s.label().state().isRunning() || s.label().phase().primary().isPresent()).isPresent())
                .toList();
        for (InstanceFmri fmri : running) {
            inquiry.replies().error("Instance " + fmri + " may be running.  Use delete -f if it is not.");
        }
        return running.isEmpty();
    }

    private static List<InstanceFmri> instances(EntityFmri entity, Published published) {
        return switch (entity) {
            case InstanceFmri instance -> List.of(instance);
            case ServiceFmri service -> published.standings().keySet().stream().filter(i -> i.serviceFmri().equals(service)).sorted()
                    .toList();
        };
    }
}
