package dev.svc.engine;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.graph.EnabledSetting;
import dev.svc.model.Change;
import dev.svc.model.Definition;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Sequence;
import dev.svc.model.Snapshot;
import dev.svc.repository.Finding;
import dev.svc.repository.Repository;
import dev.svc.restarter.Event;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/// Changes of configuration: handed to the repository, and put in force when they are recorded.
final class Changes {
    private static final System.Logger LOG = System.getLogger(Changes.class.getName());

    private final Commits commits;
    private final Instances instances;
    private final MethodLaunch launch;
    private final RootMemory root;
    private final Milestones milestones;
    private final OwnInstance own;
    private final Answers answers;
    private Model model;
    /// The model with every change that is on its way to the disk: what a new change is made from.
    private Model tentative;
    private final List<Commits.Commit> underWay = new ArrayList<>();
    /// How many changes failed, as far as we were told.
    private int failures;
    private boolean restoring;
    /// What is in force since this manager began and could not be recorded then: it goes before the next change.
    private Optional<Change> unrecorded;
    private Optional<Change> recordedLate = Optional.empty();

    Changes(Commits commits, Instances instances, MethodLaunch launch, RootMemory root, Milestones milestones, OwnInstance own,
            Answers answers, Model model, Optional<Change> unrecorded) {
        this.commits = commits;
        this.instances = instances;
        this.launch = launch;
        this.root = root;
        this.milestones = milestones;
        this.own = own;
        this.answers = answers;
        this.model = model;
        this.tentative = model;
        this.unrecorded = unrecorded;
    }

    /// What is recorded and in force.
    Model model() {
        return model;
    }

    /// What will be in force when everything under way is recorded.
    Model tentative() {
        return tentative;
    }

    /// Whether something is being recorded.
    boolean areUnderWay() { return restoring || !underWay.isEmpty(); }

    /// Hands a change to the repository.
    void commit(Change change, Intent intent) {
        if (unrecorded.isPresent()) {
            recordedLate = unrecorded;
            unrecorded = Optional.empty();
            submit(recordedLate.get(), Intent.none(new CompletableFuture<>()));
        }
        submit(change, intent);
        tentative = tentative.with(change);
    }

    private void submit(Change change, Intent intent) {
        Commits.Commit commit = new Commits.Commit(change, intent, tentative, failures);
        underWay.add(commit);
        commits.submit(commit);
    }

    /// Has a backup made the configuration. What is asked for meanwhile is refused: it would be made from what is being replaced.
    void restore(Administration.Restore request, CompletableFuture<Answer> answer) {
        restoring = true;
        commits.restore(request.backup(), request.by().uid(), Intent.none(answer));
    }

    /// Why nothing can be changed just now.
    Optional<Answer> hindrance() {
        return restoring ? Optional.of(new Answer.Refused("a backup is being restored; try again when it is done")) : Optional.empty();
    }

    /// What the repository says of itself.
    <T> CompletableFuture<T> inspect(Function<Repository, T> question) {
        return commits.inspect(question);
    }

    CompletableFuture<List<Finding>> verify() {
        return commits.verify();
    }

    /// Has it reported that something else than the repository was damaged, and is mended.
    void report(List<Finding> mended) {
        commits.report(mended);
    }

    /// A change was recorded, or not.
    void ended(Commits.Result result) {
        if (!underWay.removeIf(commit -> commit == result.commit())) {
            // The restoration, the last of all.
            restoring = false;
        }
        switch (result) {
            case Commits.Result.Recorded(var commit, var committed) -> {
                model = unrecorded.map(committed.model()::with).orElse(committed.model());
                remember(committed.sequence());
                if (!committed.findings().isEmpty()) {
                    own.mended(committed.findings().stream().map(Object::toString).toList());
                }
                putInForce(commit, committed.sequence());
                answers.give(commit.intent().answer(), done(commit.change()));
            }
            case Commits.Result.Failed(var commit, var answer) -> {
                LOG.log(Level.ERROR, "not recorded: " + commit.change().what() + ": " + answer);
                if (recordedLate.equals(Optional.of(commit.change()))) {
                    unrecorded = recordedLate;
                }
                failures++;
                answers.give(commit.intent().answer(), answer);
                tentative = model;
                underWay.forEach(other -> tentative = tentative.with(other.change()));
            }
        }
        if (!areUnderWay()) {
            tentative = model;
        }
    }

    /// Recorded; but what a label is to say of it besides, as that a temporary setting has ended, may get lost as long as it cannot be
    /// written.
    private Answer done(Change change) {
        return touched(change).stream().filter(instances::hasLeftovers).findFirst()
                .<Answer>map(fmri -> new Answer.OutcomeUnknown(fmri + ": is recorded, but its label cannot be written"))
                .orElse(new Answer.Done());
    }

    private void remember(Sequence sequence) {
        try {
            root.committed(sequence);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "sequence " + sequence.number() + " cannot be remembered on the root group: " + e.getMessage());
        }
    }

    private void putInForce(Commits.Commit commit, Sequence sequence) {
        launch.use(model, instances.all());
        touched(commit.change()).forEach(fmri -> putInForce(fmri, commit, sequence));
        commit.intent().milestone().ifPresent(m -> milestones.enter(m));
    }

    /// The instances a change may concern: those it names, and all of each service it names.
    private Set<InstanceFmri> touched(Change change) {
        Set<EntityFmri> entities = new LinkedHashSet<>();
        change.put().forEach(g -> entities.add(g.entity()));
        change.delete().forEach(k -> entities.add(k.entity()));
        change.putSnapshots().forEach(s -> entities.add(s.instance()));
        change.deleteSnapshots().forEach(k -> entities.add(k.instance()));
        Set<InstanceFmri> all = new LinkedHashSet<>();
        for (EntityFmri entity : entities) {
            switch (entity) {
                case InstanceFmri instance -> all.add(instance);
                case ServiceFmri service -> all.addAll(model.instances(service));
            }
        }
        return all;
    }

    private void putInForce(InstanceFmri fmri, Commits.Commit commit, Sequence sequence) {
        Optional<Standing> standing = instances.standing(fmri);
        Optional<Boolean> enabled = model.exists(fmri) ? model.enabled(fmri) : Optional.empty();
        if (standing.isEmpty()) {
            enabled.ifPresent(e -> instances.insert(Definition.of(fmri, model), e, sequence));
        } else if (enabled.isEmpty()) {
            forget(fmri);
        } else if (!standing.get().label().isBeingForgotten()) {
            putInForce(standing.get(), enabled.get(), commit, sequence);
        }
    }

    private void forget(InstanceFmri fmri) {
        if (!fmri.equals(InstanceFmri.MASTER_RESTARTER)) {
            instances.forget(fmri);
        }
    }

    private void putInForce(Standing standing, boolean enabled, Commits.Commit commit, Sequence sequence) {
        InstanceFmri fmri = standing.definition().fmri();
        Intent intent = commit.intent();
        Definition definition = Definition.of(fmri, model);
        boolean redefined = !definition.equals(standing.definition());
        boolean asked = intent.asked().contains(fmri);
        if (redefined || asked) {
            instances.redefine(definition);
        }
        boolean enabling = intent.enabling().contains(fmri);
        if (fmri.equals(InstanceFmri.MASTER_RESTARTER)) {
            return;
        }
        if (enabling || enabled != standing.label().enabled()) {
            Optional<Boolean> temporary = enabling ? Optional.empty() : standing.label().override();
            // Who is enabled while everything is being stopped starts with the next start, and holds nothing up.
            EnabledSetting setting = new EnabledSetting(enabled, milestones.areEnding() && enabled ? Optional.of(false) : temporary);
            instances.setRecorded(fmri, setting, comment(fmri), sequence);
        } else if (decides(commit.change(), fmri)) {
            instances.confirm(fmri, sequence);
        }
        boolean retaken = commit.change().putSnapshots().stream()
                .anyMatch(s -> s.instance().equals(fmri) && s.name().equals(Snapshot.RUNNING));
        if (asked || retaken && intent.refresh().contains(fmri)) {
            instances.settle(List.of(new Told(fmri, new Event.Requested(new Request.Refresh()))));
        }
    }

    /// Whether it says something of the group that has the setting: the label must have seen it, else a takeover that has only this row
    /// takes it for a newer decision, and ends a temporary setting.
    private static boolean decides(Change change, InstanceFmri fmri) {
        return Stream.concat(change.put().stream().map(LayerGroup::key), change.delete().stream())
                .anyMatch(key -> key.entity().equals(fmri) && key.group().equals("general"));
    }

    private Optional<String> comment(InstanceFmri fmri) {
        return model.own(fmri, "general").flatMap(g -> g.value("comment")).filter(c -> !c.isEmpty());
    }

    /// Instances that were imported again while they were being forgotten come back as new ones.
    void insertReturned() {
        for (InstanceFmri fmri : instances.takeForgotten()) {
            if (model.exists(fmri)) {
                model.enabled(fmri).ifPresent(e -> instances.insert(Definition.of(fmri, model), e, root.record().sequence()));
            }
        }
    }
}
