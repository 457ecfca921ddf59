package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.graph.Command;
import dev.svc.graph.EnabledSetting;
import dev.svc.graph.Milestone;
import dev.svc.model.Change;
import dev.svc.model.Definition;
import dev.svc.model.Model;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.Snapshot;
import dev.svc.repository.BackupKind;
import dev.svc.repository.Opened;
import dev.svc.repository.Repository;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Then;
import dev.svc.takeover.TakenOver;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// The event loop: sole owner of model, labels and graph. See the package's theory.
public final class Engine implements Administered {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final int LARGEST_BATCH = 256;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LinkedBlockingQueue<Message> queue;
    private final Contracts contracts;
    private final Instances instances;
    private final MethodLaunch launch;
    private final RootMemory root;
    private final Commits commits;
    private final FileWatch fileWatch;
    private final DirectoryWatch databaseWatch;
    private final Clock clock;
    private final Publication publication;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final List<String> notices;
    private final List<Runnable> answers = new ArrayList<>();
    private Model model;
    /// The model with every change that is on its way to the disk: what a new change is made from.
    private Model tentative;
    private int inFlight;
    private Set<FileFmri> watched = Set.of();
    private boolean quitting;
    private volatile boolean stoppedAll;

    Engine(Parts parts) throws IOException {
        queue = parts.queue();
        contracts = parts.contracts();
        instances = parts.instances();
        launch = parts.launch();
        root = parts.root();
        clock = parts.clock();
        model = parts.model();
        tentative = model;
        notices = new ArrayList<>(parts.notices());
        fileWatch = parts.fileWatch();
        commits = new Commits(parts.repository(), r -> queue.add(new Message.CommitEnded(r)),
                f -> queue.add(new Message.RepositoryMended(f)));
        publication = new Publication(snapshot(0));
        databaseWatch = parts.databaseWatch(commits);
    }

    /// What an engine is made of; put together by [Adoption].
    record Parts(LinkedBlockingQueue<Message> queue, Contracts contracts, Instances instances, MethodLaunch launch, RootMemory root,
            Clock clock, Model model, List<String> notices, FileWatch fileWatch, Repository repository, Path databaseDirectory) {
        private DirectoryWatch databaseWatch(Commits commits) throws IOException {
            DirectoryWatch watch = new DirectoryWatch(DirectoryWatch.Of.NAMES_AND_CONTENT, _ -> commits.look());
            watch.watch(databaseDirectory);
            return watch;
        }
    }

    /// What is left to do when everything is adopted: what the repository lost and labels remember, a backup.
    void begun(TakenOver taken, Opened opened, BackupKind backup, int uid) {
        List<Administration.Enabling> lost = taken.writeBacks().stream()
                .map(w -> new Administration.Enabling(w.fmri(), w.enabled())).toList();
        if (!lost.isEmpty()) {
            Administration.SetEnabled again = new Administration.SetEnabled(lost, Administration.Permanence.PERMANENTLY,
                    Optional.empty(), Asker.manager(uid));
            commit(EnabledChange.of(again, tentative), Intent.none(new CompletableFuture<>()));
        }
        if (!opened.freshness().complete()) {
            commits.reconciled();
        }
        commits.backup(backup);
    }

    /// Runs the loop in a thread of its own; `first` is done by it before anything else.
    void start(Runnable first) {
        Thread.ofPlatform().name("engine").start(() -> run(first));
    }

    /// Waits for the end of the manager; yields its exit status.
    public int awaitEnd() {
        return ended.join();
    }

    /// Waits for the end, but not longer than `longest`.
    public void awaitEnd(Duration longest) {
        try {
            ended.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "the engine did not end in time: " + e);
        }
    }

    /// Whether the manager ended because everything was to be stopped, and is.
    public boolean hasStoppedAll() {
        return stoppedAll;
    }

    public boolean hasEnded() {
        return ended.isDone();
    }

    /// Ends the manager, leaving services alone: what SIGTERM asks for. May be called from any thread.
    public void terminate() {
        queue.add(new Message.Terminated());
    }

    @Override public Published published() {
        return publication.published();
    }

    @Override public Published awaitNewer(long version, Duration timeout) throws InterruptedException {
        return publication.awaitNewer(version, timeout);
    }

    @Override public CompletableFuture<Answer> submit(Administration request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (ended.isDone()) {
            answer.complete(new Answer.Refused("the manager is ending"));
        } else {
            queue.add(new Message.Asked(request, answer));
        }
        return answer;
    }

    @Override public List<Contracts.Member> members(InstanceFmri fmri) {
        Standing standing = published().standings().get(fmri);
        if (standing == null) {
            return List.of();
        }
        List<Contracts.Member> all = new ArrayList<>();
        for (ContractId contract : standing.label().phase().contracts()) {
            contracts.members(fmri, contract).stream().filter(member -> !member.isLauncherOf(contract)).forEach(all::add);
        }
        return all;
    }

    // the loop

    private void run(Runnable first) {
        try {
            first.run();
            afterTurn();
            while (!quitting) {
                turn(nextBatch());
            }
            end(0);
        } catch (RuntimeException | Error e) {
            // The keeper restarts us and takeover recovers: that is safer than going on with a broken graph.
            LOG.log(Level.ERROR, "a broken invariant; the manager ends and its successor takes over", e);
            end(70);
        } catch (InterruptedException _) {
            end(0);
        }
    }

    private List<Message> nextBatch() throws InterruptedException {
        List<Message> batch = new ArrayList<>();
        Optional<BootTime> due = instances.nextDeadline();
        Duration wait = due.map(d -> d.since(clock.now())).orElse(Duration.ofDays(1));
        if (instances.hasLeftovers() && wait.compareTo(RETRY) > 0) {
            wait = RETRY;
        }
        Message first = queue.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, LARGEST_BATCH - 1);
        }
        return batch;
    }

    private void turn(List<Message> batch) {
        for (Message message : batch) {
            handle(message);
            insertReturned();
        }
        if (batch.isEmpty()) {
            instances.tryAgain();
        }
        instances.due(clock.now());
        afterTurn();
    }

    private void afterTurn() {
        insertReturned();
        watchFiles();
        if (root.record().ending() && inFlight == 0 && instances.allDown()) {
            LOG.log(Level.INFO, "all services are stopped; the manager ends");
            stoppedAll = true;
            quitting = true;
        }
        publication.publish(snapshot(publication.published().version() + 1));
        answers.forEach(Runnable::run);
        answers.clear();
    }

    private Published snapshot(long version) {
        boolean settled = version > 0 && inFlight == 0 && queue.isEmpty() && instances.atRest();
        return new Published(version, model, Map.copyOf(instances.all()), contracts.containment(), root.record().milestone(),
                List.copyOf(notices), settled);
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Happened(var told) -> instances.settle(List.of(told));
            case Message.Asked(var request, var answer) -> asked(request, answer);
            case Message.CommitEnded(var result) -> ended(result);
            case Message.RepositoryMended(var found) -> mended(found);
            case Message.FilesMayHaveChanged _ -> lookAtFiles(watched);
            case Message.Terminated _ -> quitting = true;
        }
    }

    private void end(int status) {
        publication.publish(snapshot(publication.published().version() + 1));
        databaseWatch.close();
        commits.close();
        fileWatch.close();
        ended.complete(status);
    }

    // administration

    /// Answers at the end of the turn, when the published snapshot shows what came of the request.
    private void answer(CompletableFuture<Answer> to, Answer answer) {
        answers.add(() -> to.complete(answer));
    }

    private void asked(Administration request, CompletableFuture<Answer> answer) {
        switch (request) {
            case Administration.SetEnabled set -> setEnabled(set, answer);
            case Administration.Ask ask -> ask(ask, answer);
            case Administration.Apply(var change, var refresh, var _) -> {
                if (change.isEmpty()) {
                    answer(answer, new Answer.Done());
                } else {
                    commit(change, Intent.refreshing(refresh, List.of(), answer));
                }
            }
            case Administration.SetMilestone set -> setMilestone(set, answer);
            case Administration.Shutdown(var services, var by) -> shutdown(services, by, answer);
        }
    }

    private void setEnabled(Administration.SetEnabled request, CompletableFuture<Answer> answer) {
        for (Administration.Enabling enabling : request.what()) {
            if (instances.standing(enabling.fmri()).isEmpty() && !tentative.exists(enabling.fmri())) {
                answer(answer, new Answer.Refused(enabling.fmri() + ": no such instance"));
                return;
            }
            if (enabling.fmri().equals(InstanceFmri.MASTER_RESTARTER) && !enabling.enabled()) {
                answer(answer, new Answer.Refused(enabling.fmri() + ": is the manager itself and is not disabled"));
                return;
            }
        }
        switch (request.permanence()) {
            case PERMANENTLY -> commit(EnabledChange.of(request, tentative), Intent.enabling(
                    request.what().stream().map(Administration.Enabling::fmri).collect(Collectors.toSet()), answer));
            case TEMPORARILY -> answer(answer, override(request));
        }
    }

    private Answer override(Administration.SetEnabled request) {
        for (Administration.Enabling enabling : request.what()) {
            Optional<Label> label = instances.standing(enabling.fmri()).map(Standing::label);
            if (label.isEmpty()) {
                return new Answer.Refused(enabling.fmri() + ": is incomplete (general/enabled is missing); enable it permanently first");
            }
            EnabledSetting setting = new EnabledSetting(label.get().enabled(), Optional.of(enabling.enabled()));
            if (!instances.set(enabling.fmri(), setting, request.comment(), label.get().sequence(), Command.By.ADMINISTRATOR)) {
                return new Answer.OutcomeUnknown(enabling.fmri() + ": its label cannot be written");
            }
        }
        return new Answer.Done();
    }

    private void ask(Administration.Ask ask, CompletableFuture<Answer> answer) {
        InstanceFmri fmri = ask.fmri();
        if (fmri.equals(InstanceFmri.MASTER_RESTARTER)) {
            answer(answer, askOwn(ask.request()));
        } else if (instances.standing(fmri).isEmpty()) {
            answer(answer, new Answer.Refused(fmri + ": no such instance"));
        } else if (ask.request() instanceof Request.Refresh) {
            refresh(ask, answer);
        } else {
            answer(answer, tell(fmri, ask.request()));
        }
    }

    private void refresh(Administration.Ask ask, CompletableFuture<Answer> answer) {
        InstanceFmri fmri = ask.fmri();
        Snapshot now = tentative.snapshotNow(fmri, Snapshot.RUNNING);
        if (tentative.snapshot(fmri, Snapshot.RUNNING).filter(now::equals).isPresent()) {
            if (model.exists(fmri)) {
                instances.redefine(Definition.of(fmri, model));
            }
            answer(answer, tell(fmri, ask.request()));
        } else {
            Change change = new Change("refresh " + fmri, ask.by().uid(), List.of(), List.of(), List.of(now), List.of());
            commit(change, Intent.refreshing(List.of(), List.of(fmri), answer));
        }
    }

    private Answer tell(InstanceFmri fmri, Request request) {
        instances.settle(List.of(new Told(fmri, new Event.Requested(request))));
        return instances.hasLeftovers() ? new Answer.OutcomeUnknown(fmri + ": its label cannot be written") : new Answer.Done();
    }

    /// The manager's own instance is running while anybody can ask; all there is to do is to acknowledge what it reports.
    private Answer askOwn(Request request) {
        Standing own = instances.standing(InstanceFmri.MASTER_RESTARTER).orElseThrow();
        return switch (request) {
            case Request.Clear _ -> {
                notices.clear();
                instances.putOwn(new Standing(own.definition(),
                        ownLabel(own.label(), new Phase.Online(Optional.empty()), Reason.CLEAR_REQUEST)));
                yield new Answer.Done();
            }
            case Request.Refresh _ -> new Answer.Done();
            case Request.Restart _,Request.MarkMaintenance _,Request.MarkDegraded _,Request.Forget _,Request.Disable _,Request.Stop _,Request.Misconfigured _ ->
                new Answer.Refused(
                        InstanceFmri.MASTER_RESTARTER + ": is the manager itself; end it with: svc.startd --stop");
        };
    }

    private void setMilestone(Administration.SetMilestone request, CompletableFuture<Answer> answer) {
        Optional<Milestone> milestone = Milestone.named(request.milestone());
        if (milestone.isEmpty()) {
            answer(answer, new Answer.Refused("\"" + request.milestone() + "\" is not a milestone"));
            return;
        }
        switch (request.permanence()) {
            case TEMPORARILY -> answer(answer, enter(milestone.get(), false));
            case PERMANENTLY ->
                commit(EnabledChange.of(milestone.get(), tentative, request.by()), Intent.milestone(milestone.get(), answer));
        }
    }

    private void shutdown(Administration.Services services, Asker by, CompletableFuture<Answer> answer) {
        LOG.log(Level.INFO, "shutdown asked by " + by.user() + ": services are " + switch (services) {
            case LEFT_RUNNING -> "left running";
            case STOPPED -> "stopped";
        });
        switch (services) {
            case LEFT_RUNNING -> {
                answer(answer, new Answer.Done());
                quitting = true;
            }
            case STOPPED -> answer(answer, enter(new Milestone.None(), true));
        }
    }

    /// Puts a milestone in force; it is remembered first, so that a successor goes on towards it.
    private Answer enter(Milestone milestone, boolean ending) {
        if (!rememberMilestone(milestone, ending)) {
            return new Answer.OutcomeUnknown("the milestone cannot be recorded");
        }
        instances.milestone(milestone);
        return new Answer.Done();
    }

    private boolean rememberMilestone(Milestone milestone, boolean ending) {
        try {
            root.milestone(milestone.toString(), ending);
            return true;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "milestone " + milestone + " cannot be recorded: " + e.getMessage());
            return false;
        }
    }

    // changes of configuration

    /// Hands a change to the repository thread.
    void commit(Change change, Intent intent) {
        tentative = tentative.with(change);
        inFlight++;
        commits.submit(new Commits.Commit(change, intent));
    }

    private void ended(Commits.Result result) {
        inFlight--;
        switch (result) {
            case Commits.Result.Recorded(var commit, var committed) -> {
                model = committed.model();
                remember(committed.sequence());
                if (!committed.findings().isEmpty()) {
                    mended(committed.findings().stream().map(Object::toString).toList());
                }
                putInForce(commit, committed.sequence());
                answer(commit.intent().answer(), new Answer.Done());
            }
            case Commits.Result.Failed(var commit, var answer) -> {
                LOG.log(Level.ERROR, "not recorded: " + commit.change().what() + ": " + answer);
                answer(commit.intent().answer(), answer);
            }
        }
        if (inFlight == 0) {
            tentative = model;
        }
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
        commit.intent().milestone().ifPresent(m -> enter(m, false));
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
        } else if (!isBeingForgotten(standing.get().label())) {
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
        if (!fmri.equals(InstanceFmri.MASTER_RESTARTER) && (enabling || enabled != standing.label().enabled())) {
            Optional<Boolean> temporary = enabling ? Optional.empty() : standing.label().override();
            instances.set(fmri, new EnabledSetting(enabled, temporary), comment(fmri), sequence, Command.By.ADMINISTRATOR);
        }
        boolean retaken = commit.change().putSnapshots().stream()
                .anyMatch(s -> s.instance().equals(fmri) && s.name().equals(Snapshot.RUNNING));
        if (asked || retaken && intent.refresh().contains(fmri)) {
            instances.settle(List.of(new Told(fmri, new Event.Requested(new Request.Refresh()))));
        }
    }

    private Optional<String> comment(InstanceFmri fmri) {
        return model.own(fmri, "general").flatMap(g -> g.value("comment")).filter(c -> !c.isEmpty());
    }

    private static boolean isBeingForgotten(Label label) {
        return label.pending().stream().anyMatch(Request.Forget.class::isInstance)
                || label.phase() instanceof Phase.Stopping stopping && stopping.then() == Then.FORGOTTEN;
    }

    /// Instances that were imported again while they were being forgotten come back as new ones.
    private void insertReturned() {
        for (InstanceFmri fmri : instances.takeForgotten()) {
            if (model.exists(fmri)) {
                model.enabled(fmri).ifPresent(e -> instances.insert(Definition.of(fmri, model), e, root.record().sequence()));
            }
        }
    }

    // the world outside

    private void watchFiles() {
        Set<FileFmri> files = Set.copyOf(instances.files());
        if (!files.equals(watched)) {
            Set<FileFmri> added = new LinkedHashSet<>(files);
            added.removeAll(watched);
            watched = files;
            fileWatch.watch(watched);
            // Watch first, look second: a file that appears between the two would otherwise never be seen.
            lookAtFiles(added);
        }
    }

    private void lookAtFiles(Set<FileFmri> files) {
        for (FileFmri file : files) {
            instances.filePresence(file, Files.exists(Path.of(file.path())));
        }
        fileWatch.watch(watched);
    }

    /// Reports what was found damaged and mended: the manager's own instance is degraded until somebody has read it.
    private void mended(List<String> findings) {
        findings.forEach(f -> LOG.log(Level.WARNING, f));
        notices.addAll(findings);
        instances.standing(InstanceFmri.MASTER_RESTARTER).ifPresent(own -> instances.putOwn(new Standing(own.definition(),
                ownLabel(own.label(), new Phase.Degraded(Optional.empty()), Reason.SERVICE_REQUEST))));
    }

    private Label ownLabel(Label old, Phase phase, Reason reason) {
        return old.withPhase(phase, clock.wall()).withReason(reason, Optional.empty()).withRevision(old.revision() + 1);
    }

    /// The lowest contract id that was never given, as far as labels, contracts and exit records tell.
    static ContractId above(Map<InstanceFmri, Label> labels, List<Found> found) {
        long highest = 0;
        for (Label label : labels.values()) {
            for (ContractId contract : label.phase().contracts()) {
                highest = Math.max(highest, contract.value());
            }
        }
        for (Found one : found) {
            for (var contract : one.contracts()) {
                highest = Math.max(highest, contract.id().value());
            }
        }
        return new ContractId(highest + 1);
    }
}
