package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.contract.RootRecord;
import dev.svc.fmri.InstanceFmri;
import dev.svc.repository.Finding;
import dev.svc.repository.Repository;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/// The event loop, turn by turn: sole owner of model, labels and graph. See the package's theory.
///
/// The turns are made by one thread ([Running]); what any thread may call says so.
public final class Engine implements Serving {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final int LARGEST_BATCH = 256;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /// Everything was to be stopped, and some of it had to be killed because it did not stop in the time given.
    private static final int HURRIED = 6;
    /// The keeper is to become that of another install tree.
    static final int REPLACED = 5;
    /// A bug, as sysexits(3) has it.
    static final int BROKEN = 70;

    private final LinkedBlockingQueue<Message> queue;
    private final Contracts contracts;
    private final Clock clock;
    private final RootMemory root;
    private final Instances instances;
    private final Milestones milestones;
    private final Changes changes;
    private final Requests requests;
    private final OwnInstance own;
    private final DependencyFiles files;
    private final Answers answers;
    private final LabelScrub labels;
    private final Publication publication;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private boolean quitting;
    private boolean allDown;
    private volatile Optional<RootRecord> stoppedAll = Optional.empty();

    /// What an engine is made of; put together by [Adoption].
    record Parts(LinkedBlockingQueue<Message> queue, Contracts contracts, Clock clock, RootMemory root, Instances instances,
            Milestones milestones, Changes changes, Requests requests, OwnInstance own, DependencyFiles files, Answers answers,
            LabelScrub labels) {}

    Engine(Parts parts) {
        queue = parts.queue();
        contracts = parts.contracts();
        clock = parts.clock();
        root = parts.root();
        instances = parts.instances();
        milestones = parts.milestones();
        changes = parts.changes();
        requests = parts.requests();
        own = parts.own();
        files = parts.files();
        answers = parts.answers();
        labels = parts.labels();
        publication = new Publication(snapshot(0));
    }

    // for any thread

    @Override public int awaitEnd() {
        return ended.join();
    }

    @Override public void awaitEnd(Duration longest) {
        try {
            ended.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "the engine did not end in time: " + e);
        }
    }

    @Override public Optional<RootRecord> stoppedAll() {
        return stoppedAll;
    }

    @Override public boolean hasEnded() {
        return ended.isDone();
    }

    @Override public void terminate() {
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
        if (!ended.isDone()) {
            queue.add(new Message.Asked(request, answer));
            answerLate();
        } else {
            answer.complete(isMet(request) ? new Answer.Done() : new Answer.Refused("the manager is ending"));
        }
        return answer;
    }

    @Override public Contracts.Faults faultsTold() {
        return contracts.faultsTold();
    }

    @Override public <T> CompletableFuture<T> inspect(Function<Repository, T> question) {
        return changes.inspect(question);
    }

    @Override public CompletableFuture<List<Finding>> verify() {
        CompletableFuture<List<Finding>> seen = new CompletableFuture<>();
        queue.add(new Message.LabelsAsked(seen));
        return changes.verify().thenCombine(seen, (repository, others) -> Stream.concat(repository.stream(), others.stream()).toList());
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

    // turns

    /// The first turn, in which `adopted` takes in what takeover found.
    void begin(Runnable adopted) {
        adopted.run();
        finishTurn();
    }

    /// One turn: waits `longest` at most for something to happen, and handles it and what is due.
    void turn(Duration longest) throws InterruptedException {
        List<Message> batch = new ArrayList<>();
        Message first = queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, LARGEST_BATCH - 1);
        }
        for (Message message : batch) {
            handle(message);
            changes.insertReturned();
        }
        if (batch.isEmpty()) {
            instances.tryAgain();
        }
        instances.due(clock.now());
        finishTurn();
    }

    /// How long until something is due though nothing happens.
    Duration untilDue() {
        Optional<BootTime> due = Stream.concat(instances.nextDeadline().stream(), instances.giveUpAt().stream())
                .min(Comparator.naturalOrder());
        Duration left = due.map(d -> d.since(clock.now())).orElse(Duration.ofDays(1));
        if (instances.hasLeftovers() && left.compareTo(RETRY) > 0) {
            return RETRY;
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// Whether something waits to be handled.
    boolean hasMessages() {
        return !queue.isEmpty();
    }

    /// Whether there is to be no further turn.
    boolean isQuitting() { return quitting; }

    /// The exit status, if there is to be no further turn.
    int status() {
        if (requests.replaceAsked()) {
            return REPLACED;
        }
        return instances.wereHurried() ? HURRIED : 0;
    }

    /// After the last turn: readers see how it ended.
    void finish() {
        stoppedAll = allDown ? Optional.of(root.record()) : Optional.empty();
        publication.publish(snapshot(publication.published().version() + 1));
        files.close();
    }

    /// The manager has ended.
    void ended(int status) {
        ended.complete(status);
        answerLate();
    }

    /// Whoever asked for the end once more, too late for the last turn, has what he wants; others find out from the next manager.
    private void answerLate() {
        if (ended.isDone()) {
            for (Message message : queue) {
                if (message instanceof Message.Asked(var request, var answer) && isMet(request)) {
                    answer.complete(new Answer.Done());
                }
            }
        }
    }

    private boolean isMet(Administration request) {
        return stoppedAll.isPresent() && request instanceof Administration.Shutdown;
    }

    private void finishTurn() {
        changes.insertReturned();
        milestones.settled();
        files.follow();
        if (root.record().ending() && !changes.areUnderWay()) {
            endIfDown();
        }
        quitting |= requests.endAsked();
        publication.publish(snapshot(publication.published().version() + 1));
        answers.deliver();
        instances.rest();
    }

    private void endIfDown() {
        if (instances.allDown()) {
            LOG.log(Level.INFO, "all services are stopped; the manager ends");
            allDown = true;
            quitting = true;
        } else if (instances.giveUpAt().filter(clock.now()::reached).isPresent()) {
            LOG.log(Level.ERROR, "not everything could be killed in time; the manager ends");
            quitting = true;
        }
    }

    private Published snapshot(long version) {
        boolean settled = version > 0 && !changes.areUnderWay() && !hasMessages() && instances.atRest();
        return new Published(version, changes.model(), Map.copyOf(instances.all()), contracts.containment(), root.record().milestone(),
                own.notices(), settled);
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Happened(var told) -> instances.settle(List.of(told));
            case Message.Asked(var request, var answer) -> requests.asked(request, answer);
            case Message.CommitEnded(var result) -> changes.ended(result);
            case Message.Mended(var found) -> own.mended(found);
            case Message.LabelsDue _ -> report(labels.some());
            case Message.LabelsAsked(var answer) -> {
                List<Finding> mended = labels.all();
                report(mended);
                answer.complete(mended);
            }
            case Message.FilesMayHaveChanged _ -> files.look();
            case Message.Terminated _ -> quitting = true;
        }
    }

    private void report(List<Finding> mended) {
        if (!mended.isEmpty()) {
            changes.report(mended);
        }
    }
}
