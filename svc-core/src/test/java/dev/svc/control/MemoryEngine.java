package dev.svc.control;

import dev.svc.contract.Contracts;
import dev.svc.engine.Administered;
import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Definition;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.repository.Finding;
import dev.svc.repository.Repository;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// An engine in memory: it records what is asked and shows it; instances move only when a test moves them.
final class MemoryEngine implements Administered {
    static final Instant SINCE = Instant.ofEpochSecond(1_741_097_330L, 42_117_000);
    private static final Sequence SEQUENCE = new Sequence(1, "a", 1);

    private final List<Administration> requests = new ArrayList<>();
    private final Map<InstanceFmri, List<Contracts.Member>> members = new HashMap<>();
    private Optional<Answer> verdict = Optional.empty();
    volatile Contracts.Faults faultsTold = Contracts.Faults.ALL;
    private Optional<Runnable> meddling = Optional.empty();
    private Published published = new Published(1, Model.EMPTY, Map.of(), Contracts.Containment.CGROUP, "all", List.of(), true);
    private final Set<Thread> waiters = new HashSet<>();

    /// Puts groups in the manifest layer of an entity; an instance so defined appears disabled, if it says whether it is enabled.
    synchronized MemoryEngine define(String entity, PropertyGroup... groups) {
        EntityFmri fmri = EntityFmri.parse(entity);
        List<LayerGroup> put = List.of(groups).stream().map(g -> new LayerGroup(fmri, Layer.MANIFEST, g)).toList();
        publish(published.model().with(Change.of("define", 0, put)), published.standings());
        if (fmri instanceof InstanceFmri instance && published.model().enabled(instance).isPresent()
                && !published.standings().containsKey(instance)) {
            move(entity, new Phase.Disabled());
        }
        return this;
    }

    /// Defines an instance that is enabled or not, in the phase that fits, with more groups.
    MemoryEngine instance(String fmri, boolean enabled, PropertyGroup... groups) {
        define(fmri, new PropertyGroup("general", PropertyGroup.FRAMEWORK, List.of(Property.truth("enabled", enabled))));
        define(fmri, groups);
        return move(fmri, enabled ? new Phase.Online(Optional.of(new ContractId(17))) : new Phase.Disabled());
    }

    MemoryEngine move(String fmri, Phase phase) {
        return relabel(fmri, l -> l.withPhase(phase, SINCE).withReason(Reason.DEPENDENCIES_SATISFIED, Optional.empty()));
    }

    synchronized MemoryEngine relabel(String name, UnaryOperator<Label> change) {
        InstanceFmri fmri = InstanceFmri.parse(name);
        Definition definition = Definition.of(fmri, published.model());
        Label label = Optional.ofNullable(published.standings().get(fmri)).map(Standing::label).orElseGet(() -> Label.fresh(fmri,
                definition.model(), published.model().enabled(fmri).orElse(false), SEQUENCE, SINCE));
        Map<InstanceFmri, Standing> standings = new HashMap<>(published.standings());
        standings.put(fmri, new Standing(definition, change.apply(label)));
        publish(published.model(), standings);
        return this;
    }

    /// Makes a snapshot of current values.
    synchronized MemoryEngine snapshot(String fmri, String name) {
        Change change = new Change("snapshot", 0, List.of(), List.of(),
                List.of(published.model().snapshotNow(InstanceFmri.parse(fmri), name)), List.of());
        publish(published.model().with(change), published.standings());
        return this;
    }

    synchronized MemoryEngine process(String fmri, Contracts.Member member) {
        members.computeIfAbsent(InstanceFmri.parse(fmri), _ -> new ArrayList<>()).add(member);
        return this;
    }

    /// Says whether nothing moves.
    synchronized MemoryEngine settled(boolean settled) {
        Published p = published;
        published = new Published(p.version() + 1, p.model(), p.standings(), p.containment(), p.milestone(), p.notices(), settled);
        notifyAll();
        return this;
    }

    /// Answers all requests from now on so, and does nothing.
    synchronized MemoryEngine refusing(Answer answer) {
        verdict = Optional.of(answer);
        return this;
    }

    /// Lets somebody else be faster when a change of configuration is asked for next.
    synchronized MemoryEngine beforeNextApply(Runnable faster) {
        meddling = Optional.of(faster);
        return this;
    }

    synchronized List<Administration> requests() {
        return List.copyOf(requests);
    }

    /// Yields who waits for a newer snapshot, once somebody does.
    synchronized Thread awaitWaiter() throws InterruptedException {
        while (waiters.isEmpty()) {
            wait();
        }
        return waiters.iterator().next();
    }

    private void publish(Model model, Map<InstanceFmri, Standing> standings) {
        Published p = published;
        published = new Published(p.version() + 1, model, Map.copyOf(standings), p.containment(), p.milestone(), p.notices(), p.settled());
        notifyAll();
    }

    @Override public synchronized Published published() {
        return published;
    }

    @Override public synchronized Published awaitNewer(long version, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        waiters.add(Thread.currentThread());
        notifyAll();
        try {
            for (long left = timeout.toMillis(); published.version() <= version && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
            return published;
        } finally {
            waiters.remove(Thread.currentThread());
        }
    }

    @Override public synchronized CompletableFuture<Answer> submit(Administration request) {
        requests.add(request);
        if (request instanceof Administration.Apply && meddling.isPresent()) {
            Runnable faster = meddling.get();
            meddling = Optional.empty();
            faster.run();
            return CompletableFuture.completedFuture(new Answer.Conflict("somebody else was faster; try again"));
        }
        if (verdict.isEmpty()) {
            carryOut(request);
        }
        return CompletableFuture.completedFuture(verdict.orElse(new Answer.Done()));
    }

    private void carryOut(Administration request) {
        switch (request) {
            case Administration.SetEnabled set -> set.what().forEach(e -> enable(e, set.permanence(), set.comment()));
            case Administration.Ask(var fmri, var what, _) -> relabel(fmri.toString(), l -> pending(l, what));
            case Administration.Apply(var change, _, _, _) -> publish(published.model().with(change), published.standings());
            case Administration.SetMilestone _,Administration.Shutdown _,Administration.Restore _,Administration.Replace _ ->
                { /* is recorded above */ }
        }
    }

    private void enable(Administration.Enabling enabling, Administration.Permanence permanence, Optional<String> comment) {
        relabel(enabling.fmri().toString(), l -> switch (permanence) {
            case PERMANENTLY -> l.withSettings(enabling.enabled(), Optional.empty(), SEQUENCE, comment);
            case TEMPORARILY -> l.withSettings(l.enabled(), Optional.of(enabling.enabled()), SEQUENCE, comment);
        });
    }

    private static Label pending(Label l, Request request) {
        List<Request> pending = new ArrayList<>(l.pending());
        pending.add(request);
        return l.withPending(pending);
    }

    @Override public Contracts.Faults faultsTold() {
        return faultsTold;
    }

    @Override public <T> CompletableFuture<T> inspect(Function<Repository, T> question) {
        return CompletableFuture.failedFuture(new IllegalStateException("there is no repository here"));
    }

    @Override public CompletableFuture<List<Finding>> verify() {
        return CompletableFuture.failedFuture(new IllegalStateException("there is no repository here"));
    }

    @Override public synchronized List<Contracts.Member> members(InstanceFmri fmri) {
        return members.getOrDefault(fmri, List.of());
    }
}
