package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.model.Snapshot;
import dev.svc.protocol.MalformedLineException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `snapshots` and `revert`: the snapshots that an instance has, and the going back to one (svccfg listsnap, revert). What graph and
/// restarter see changes with the next refresh.
record Snapshotting(Submission submission, Configuration configuration, Purpose purpose) implements Verb {
    enum Purpose {
        LIST, REVERT
    }

    @Override public void answer(Inquiry inquiry) throws IOException {
        Optional<InstanceFmri> instance = instance(inquiry);
        if (instance.isEmpty()) {
            inquiry.replies().error("An instance is not selected.");
            return;
        }
        switch (purpose) {
            case LIST -> {
                for (Snapshot snapshot : submission.engine().published().model().snapshots(instance.get())) {
                    inquiry.replies().send(inquiry.replies().line().add("snapshot", snapshot.name()));
                }
            }
            case REVERT -> {
                if (Submission.permitted(inquiry, Demands.configuring(), instance.get(), "not changed")) {
                    revert(inquiry, instance.get(), inquiry.asked().text("snapshot"));
                }
            }
        }
    }

    private void revert(Inquiry inquiry, InstanceFmri instance, String name) throws IOException {
        Answer answer = configuration.change(model -> model
                .snapshot(instance, name).<Configuration.Plan>map(snapshot -> new Configuration.Plan.Apply(new Administration.Apply(
                        Reversion.to(snapshot, model, inquiry.asker().uid()), model, List.of(), inquiry.asker())))
                .orElseGet(() -> new Configuration.Plan.Nothing(new Answer.Refused("No such snapshot \"" + name + "\"."))));
        if (Submission.isDone(inquiry, answer)) {
            inquiry.replies().done(instance, instance + " reverted to " + name + ".");
        }
    }

    private static Optional<InstanceFmri> instance(Inquiry inquiry) throws MalformedLineException {
        try {
            return EntityFmri.parse(inquiry.asked().text("entity")) instanceof InstanceFmri instance
                    ? Optional.of(instance)
                    : Optional.empty();
        } catch (InvalidFmriException e) {
            throw new MalformedLineException("member \"entity\": " + e.getMessage());
        }
    }
}
