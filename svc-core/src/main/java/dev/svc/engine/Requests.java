package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Milestone;
import dev.svc.model.Change;
import dev.svc.model.Definition;
import dev.svc.model.Snapshot;
import dev.svc.restarter.Event;
import dev.svc.restarter.Request;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What administrators ask for, and what they are answered.
final class Requests {
    private static final System.Logger LOG = System.getLogger(Requests.class.getName());

    private final Instances instances;
    private final Changes changes;
    private final Milestones milestones;
    private final OwnInstance own;
    private final Answers answers;
    private boolean endAsked;
    private boolean replaceAsked;

    Requests(Instances instances, Changes changes, Milestones milestones, OwnInstance own, Answers answers) {
        this.instances = instances;
        this.changes = changes;
        this.milestones = milestones;
        this.own = own;
        this.answers = answers;
    }

    /// Whether the manager is to end now, services running on.
    boolean endAsked() {
        return endAsked;
    }

    /// Whether another install tree's manager is to follow.
    boolean replaceAsked() {
        return replaceAsked;
    }

    void asked(Administration request, CompletableFuture<Answer> answer) {
        Optional<Answer> hindrance = request instanceof Administration.Shutdown ? Optional.empty() : changes.hindrance();
        if (hindrance.isPresent()) {
            answers.give(answer, hindrance.get());
            return;
        }
        switch (request) {
            case Administration.SetEnabled set -> setEnabled(set, answer);
            case Administration.Ask ask -> ask(ask, answer);
            case Administration.Apply apply -> apply(apply, answer);
            case Administration.Restore restore -> changes.restore(restore, answer);
            case Administration.SetMilestone set -> setMilestone(set, answer);
            case Administration.Replace(var by) -> {
                LOG.log(Level.INFO, "replacement asked by " + by.user());
                replaceAsked = true;
                endAsked = true;
                answers.give(answer, new Answer.Done());
            }
            case Administration.Shutdown shutdown -> answers.give(answer, shutdown(shutdown));
        }
    }

    private void apply(Administration.Apply apply, CompletableFuture<Answer> answer) {
        Optional<String> conflict = Conflict.of(apply.change(), apply.basis(), changes.tentative());
        if (conflict.isPresent()) {
            answers.give(answer, new Answer.Conflict(conflict.get() + " was changed by somebody else meanwhile; try again"));
        } else if (apply.change().isEmpty()) {
            answers.give(answer, new Answer.Done());
        } else {
            changes.commit(apply.change(), Intent.refreshing(apply.refresh(), List.of(), answer));
        }
    }

    private void setEnabled(Administration.SetEnabled request, CompletableFuture<Answer> answer) {
        for (Administration.Enabling enabling : request.what()) {
            if (!changes.tentative().exists(enabling.fmri())) {
                if (!isKeptWithoutDefinition(enabling.fmri())) {
                    answers.give(answer, new Answer.Refused(enabling.fmri() + ": no such instance"));
                    return;
                } else if (enabling.enabled()) {
                    answers.give(answer, new Answer.Refused(
                            enabling.fmri() + ": its definition was lost; import its manifest again: svccfg import FILE"));
                    return;
                }
            }
            if (enabling.fmri().equals(InstanceFmri.MASTER_RESTARTER) && !enabling.enabled()) {
                answers.give(answer, new Answer.Refused(enabling.fmri() + ": is the manager itself and is not disabled"));
                return;
            }
        }
        if (milestones.isBeingEntered()) {
            answers.give(answer, new Answer.Refused("a milestone is still being entered, as a label cannot be written; try again"));
            return;
        }
        switch (request.permanence()) {
            case PERMANENTLY -> changes.commit(EnabledChange.of(request, changes.tentative()), Intent.enabling(
                    request.what().stream().map(Administration.Enabling::fmri).collect(Collectors.toSet()), answer));
            case TEMPORARILY -> answers.give(answer, override(request));
        }
    }

    /// Whether it runs on though the repository lost it; one that is being deleted must not come back without a definition.
    private boolean isKeptWithoutDefinition(InstanceFmri fmri) {
        Optional<Standing> standing = instances.standing(fmri);
        return standing.isPresent() && !changes.model().exists(fmri) && !standing.get().label().isBeingForgotten();
    }

    private Answer override(Administration.SetEnabled request) {
        for (Administration.Enabling enabling : request.what()) {
            if (instances.standing(enabling.fmri()).isEmpty()) {
                return new Answer.Refused(enabling.fmri() + ": is incomplete (general/enabled is missing); enable it permanently first");
            }
            if (instances.standing(enabling.fmri()).get().label().isBeingForgotten()) {
                return new Answer.Refused(enabling.fmri() + ": is being deleted");
            }
            if (enabling.enabled() && milestones.areEnding()) {
                return new Answer.Refused(enabling.fmri() + ": is not enabled temporarily while all services are being stopped");
            }
            if (!instances.setTemporarily(enabling.fmri(), enabling.enabled(), request.comment())) {
                return new Answer.OutcomeUnknown(enabling.fmri() + ": its label cannot be written");
            }
        }
        return new Answer.Done();
    }

    private void ask(Administration.Ask ask, CompletableFuture<Answer> answer) {
        InstanceFmri fmri = ask.fmri();
        if (fmri.equals(InstanceFmri.MASTER_RESTARTER)) {
            answers.give(answer, own.asked(ask.request()));
        } else if (instances.standing(fmri).isEmpty()) {
            answers.give(answer, new Answer.Refused(fmri + ": no such instance"));
        } else if (ask.request() instanceof Request.Refresh) {
            refresh(ask, answer);
        } else {
            answers.give(answer, tell(fmri, ask.request()));
        }
    }

    private void refresh(Administration.Ask ask, CompletableFuture<Answer> answer) {
        InstanceFmri fmri = ask.fmri();
        Snapshot now = changes.tentative().snapshotNow(fmri, Snapshot.RUNNING);
        // One that is still on its way to the disk is no reason to say that it is done.
        if (Stream.of(changes.tentative(), changes.model())
                .allMatch(m -> m.snapshot(fmri, Snapshot.RUNNING).filter(now::equals).isPresent())) {
            if (changes.model().exists(fmri)) {
                instances.redefine(Definition.of(fmri, changes.model()));
            }
            answers.give(answer, tell(fmri, ask.request()));
        } else {
            Change change = new Change("refresh " + fmri, ask.by().uid(), List.of(), List.of(), List.of(now), List.of());
            changes.commit(change, Intent.refreshing(List.of(), List.of(fmri), answer));
        }
    }

    private Answer tell(InstanceFmri fmri, Request request) {
        instances.settle(List.of(new Told(fmri, new Event.Requested(request))));
        return instances.hasLeftovers(fmri) ? new Answer.OutcomeUnknown(fmri + ": its label cannot be written") : new Answer.Done();
    }

    private void setMilestone(Administration.SetMilestone request, CompletableFuture<Answer> answer) {
        Optional<Milestone> milestone = Milestone.named(request.milestone());
        if (milestone.isEmpty()) {
            answers.give(answer, new Answer.Refused("\"" + request.milestone() + "\" is not a milestone"));
            return;
        }
        switch (request.permanence()) {
            case TEMPORARILY -> answers.give(answer, milestones.enter(milestone.get()));
            case PERMANENTLY ->
                changes.commit(EnabledChange.of(milestone.get(), changes.tentative(), request.by()),
                        Intent.milestone(milestone.get(), answer));
        }
    }

    private Answer shutdown(Administration.Shutdown asked) {
        LOG.log(Level.INFO, "shutdown asked by " + asked.by().user() + ": services are " + switch (asked.services()) {
            case LEFT_RUNNING -> "left running";
            case STOPPED -> "stopped" + asked.within().map(span -> " within " + span.toSeconds() + " s").orElse("");
        });
        return switch (asked.services()) {
            case LEFT_RUNNING -> {
                endAsked = true;
                yield new Answer.Done();
            }
            case STOPPED -> milestones.end(asked.within());
        };
    }
}
