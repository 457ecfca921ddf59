package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.contract.RootRecord;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Milestone;
import dev.svc.model.Change;
import dev.svc.model.Definition;
import dev.svc.model.Model;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.repository.Committed;
import dev.svc.repository.Finding;
import dev.svc.repository.OutcomeUnknownException;
import dev.svc.repository.RefusedException;
import dev.svc.repository.Repository;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// The manager in place of an [Engine] after quick deaths ([Caution]): it answers what labels and repository say, and records changes. It
/// starts and stops nothing, runs no method and looks at no contract: no rule of restarter, graph or takeover is applied, as one of them
/// may have been what the predecessors died of.
///
/// When it is told to go on, or after the [Caution]'s patience, it ends, and the keeper starts an ordinary manager at once: what was recorded
/// meanwhile is newer than the labels, so takeover puts it in force. Everything is done in one thread.
final class Onlooker implements Serving {
    private static final System.Logger LOG = System.getLogger(Onlooker.class.getName());
    /// The keeper is to start an ordinary manager at once.
    static final int GO_ON = 4;
    private static final String NOT_NOW = ": not done: the manager only looks on since it died several times in a row; let it go on first"
            + " with: svcadm clear " + InstanceFmri.MASTER_RESTARTER;

    private final Contracts contracts;
    private final Repository repository;
    private final Clock clock;
    private final List<String> notices;
    private final Map<InstanceFmri, Label> labels;
    private final Publication publication;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(task -> Thread.ofPlatform().name("onlooker").unstarted(task));
    private RootRecord root;
    private Model model;

    /// @param labels those that were found intact
    Onlooker(Contracts contracts, RootRecord root, Repository repository, Model model, Map<InstanceFmri, Label> labels, Clock clock,
            Caution caution) throws IOException {
        this.contracts = contracts;
        this.root = root;
        this.repository = repository;
        this.model = model;
        this.labels = new HashMap<>(labels);
        this.clock = clock;
        this.notices = List.of(caution.notice());
        keepOwnLabel();
        publication = new Publication(snapshot(1));
        thread.schedule(() -> end(GO_ON), caution.patience().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void keepOwnLabel() throws IOException {
        InstanceFmri fmri = InstanceFmri.MASTER_RESTARTER;
        Label old = labels.getOrDefault(fmri, Label.fresh(fmri, ServiceModel.TRANSIENT, true, Sequence.NONE, clock.wall()));
        Label own = old.withPhase(new Phase.Degraded(Optional.empty()), clock.wall())
                .withReason(Reason.SERVICE_REQUEST, Optional.empty()).withRevision(old.revision() + 1);
        contracts.writeLabel(own);
        labels.put(fmri, own);
    }

    private Published snapshot(long version) {
        Map<InstanceFmri, Standing> standings = new HashMap<>();
        for (InstanceFmri fmri : model.instances()) {
            Optional<Label> label = Optional.ofNullable(labels.get(fmri)).or(() -> model.enabled(fmri).map(enabled -> Label.fresh(fmri,
                    Definition.of(fmri, model).model(), enabled, root.sequence(), clock.wall())));
            label.ifPresent(l -> standings.put(fmri, new Standing(Definition.of(fmri, model), l)));
        }
        standings.put(InstanceFmri.MASTER_RESTARTER, new Standing(Definition.of(InstanceFmri.MASTER_RESTARTER, model),
                labels.get(InstanceFmri.MASTER_RESTARTER)));
        return new Published(version, model, Map.copyOf(standings), contracts.containment(),
                root.saysNothing() ? new Milestone.All().toString() : root.milestone(), notices, true);
    }

    @Override public Published published() {
        return publication.published();
    }

    @Override public Published awaitNewer(long version, Duration timeout) throws InterruptedException {
        return publication.awaitNewer(version, timeout);
    }

    @Override public Contracts.Faults faultsTold() {
        return contracts.faultsTold();
    }

    @Override public List<Contracts.Member> members(InstanceFmri fmri) {
        Optional<Label> label = Optional.ofNullable(published().standings().get(fmri)).map(Standing::label);
        return label.stream().flatMap(l -> l.phase().contracts().stream())
                .flatMap(contract -> contracts.members(fmri, contract).stream().filter(member -> !member.isLauncherOf(contract))).toList();
    }

    @Override public CompletableFuture<Answer> submit(Administration request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    Answer given = asked(request);
                    publication.publish(snapshot(published().version() + 1));
                    answer.complete(given);
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.ERROR, "a broken invariant; the manager ends and its successor goes on", e);
                    thread.shutdownNow();
                    ended.complete(Engine.BROKEN);
                }
            });
        } catch (java.util.concurrent.RejectedExecutionException _) {
            answer.complete(new Answer.Refused("the manager is ending"));
        }
        return answer;
    }

    private Answer asked(Administration request) {
        try {
            return switch (request) {
                case Administration.SetEnabled set -> setEnabled(set);
                case Administration.Apply apply -> apply(apply);
                case Administration.Restore(var backup, var by) -> restore(backup, by);
                case Administration.SetMilestone set -> milestone(set);
                case Administration.Ask(var fmri, var asked, var _) -> ask(fmri, asked);
                case Administration.Shutdown shutdown -> shutdown(shutdown);
                case Administration.Replace _ -> {
                    end(Engine.REPLACED);
                    yield new Answer.Done();
                }
            };
        } catch (RefusedException e) {
            return new Answer.Refused(e.getMessage());
        } catch (OutcomeUnknownException | IOException e) {
            return new Answer.OutcomeUnknown(e.getMessage());
        }
    }

    private Answer apply(Administration.Apply apply) throws RefusedException, OutcomeUnknownException, IOException {
        Optional<String> conflict = Conflict.of(apply.change(), apply.basis(), model);
        if (conflict.isPresent()) {
            return new Answer.Conflict(conflict.get() + " was changed by somebody else meanwhile; try again");
        }
        return apply.change().isEmpty() ? new Answer.Done() : recorded(apply.change());
    }

    private Answer restore(String backup, Asker by) throws RefusedException, OutcomeUnknownException, IOException {
        return inForce(repository.restore(backup, by.uid()).committed());
    }

    private Answer recorded(Change change) throws RefusedException, OutcomeUnknownException, IOException {
        return inForce(repository.commit(change));
    }

    private Answer inForce(Committed committed) throws IOException {
        model = committed.model();
        remember(new RootRecord(committed.sequence(), root.nextContract(), root.milestone(), root.entering(), root.ending(), root.endBy()));
        return new Answer.Done();
    }

    @Override public <T> CompletableFuture<T> inspect(Function<Repository, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(repository), thread);
    }

    @Override public CompletableFuture<List<Finding>> verify() {
        return inspect(Repository::verify);
    }

    private void remember(RootRecord next) throws IOException {
        contracts.writeRoot(next);
        root = next;
    }

    private Answer setEnabled(Administration.SetEnabled request) throws RefusedException, OutcomeUnknownException, IOException {
        for (Administration.Enabling enabling : request.what()) {
            if (!model.exists(enabling.fmri())) {
                return new Answer.Refused(enabling.fmri() + ": no such instance");
            }
            if (enabling.fmri().equals(InstanceFmri.MASTER_RESTARTER) && !enabling.enabled()) {
                return new Answer.Refused(enabling.fmri() + ": is the manager itself and is not disabled");
            }
        }
        return switch (request.permanence()) {
            case PERMANENTLY -> permanently(request);
            case TEMPORARILY -> temporarily(request);
        };
    }

    // A permanent setting ends a temporary one, which is in the label alone.
    private Answer permanently(Administration.SetEnabled request) throws RefusedException, OutcomeUnknownException, IOException {
        Answer answer = recorded(EnabledChange.of(request, model));
        for (Administration.Enabling enabling : request.what()) {
            Label old = labels.get(enabling.fmri());
            if (old != null && !enabling.fmri().equals(InstanceFmri.MASTER_RESTARTER)) {
                write(old.withSettings(enabling.enabled(), Optional.empty(), root.sequence(), request.comment()));
            }
        }
        return answer;
    }

    private Answer temporarily(Administration.SetEnabled request) throws IOException {
        for (Administration.Enabling enabling : request.what()) {
            if (!labels.containsKey(enabling.fmri())) {
                return new Answer.Refused(enabling.fmri() + NOT_NOW);
            }
        }
        for (Administration.Enabling enabling : request.what()) {
            Label old = labels.get(enabling.fmri());
            write(old.withSettings(old.enabled(), Optional.of(enabling.enabled()), old.sequence(), request.comment()));
        }
        return new Answer.Done();
    }

    private void write(Label label) throws IOException {
        Label next = label.withRevision(label.revision() + 1);
        contracts.writeLabel(next);
        labels.put(next.fmri(), next);
    }

    private Answer milestone(Administration.SetMilestone request) throws RefusedException, OutcomeUnknownException, IOException {
        Optional<Milestone> milestone = Milestone.named(request.milestone());
        if (milestone.isEmpty()) {
            return new Answer.Refused("\"" + request.milestone() + "\" is not a milestone");
        }
        if (request.permanence() == Administration.Permanence.PERMANENTLY) {
            recorded(EnabledChange.of(milestone.get(), model, request.by()));
        }
        remember(new RootRecord(root.sequence(), root.nextContract(), milestone.get().toString(), true, false, Optional.empty()));
        return new Answer.Done();
    }

    private Answer ask(InstanceFmri fmri, Request request) {
        if (!fmri.equals(InstanceFmri.MASTER_RESTARTER) || !(request instanceof Request.Clear)) {
            return new Answer.Refused(fmri + NOT_NOW);
        }
        LOG.log(Level.INFO, "told to go on");
        end(GO_ON);
        return new Answer.Done();
    }

    private Answer shutdown(Administration.Shutdown asked) throws IOException {
        switch (asked.services()) {
            case LEFT_RUNNING -> end(0);
            // To end everything is to go on: the successor carries it out.
            case STOPPED -> {
                Optional<BootTime> endBy = asked.within().map(clock.now()::plus);
                remember(new RootRecord(root.sequence(), root.nextContract(), new Milestone.None().toString(), true, true, endBy));
                end(GO_ON);
            }
        }
        return new Answer.Done();
    }

    private void end(int status) {
        thread.shutdownNow();
        repository.close();
        ended.complete(status);
    }

    @Override public int awaitEnd() {
        return ended.join();
    }

    @Override public void awaitEnd(Duration longest) {
        try {
            ended.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "the manager did not end in time: " + e);
        }
    }

    @Override public boolean hasEnded() {
        return ended.isDone();
    }

    @Override public Optional<RootRecord> stoppedAll() {
        return Optional.empty();
    }

    @Override public void terminate() {
        thread.execute(() -> end(0));
    }
}
