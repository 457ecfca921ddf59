package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Sequence;
import dev.svc.model.State;
import dev.svc.model.Transition;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Label;
import dev.svc.restarter.Moment;
import dev.svc.restarter.Restarter;
import dev.svc.restarter.Step;
import dev.svc.restarter.StepCheck;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// An engine without disk, threads and dependencies: takes over, feeds events to the restarter and carries its effects out on a
/// [FakeKernel]. It dies when its clock of doom says so, before any effect.
final class FakeManager {
    /// The manager was killed.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What a repository remembers, for the manager to read.
    interface Repository {
        Map<InstanceFmri, Definition> definitions();

        Map<InstanceFmri, Boolean> enabled();

        Freshness freshness();
    }

    private record Queued(InstanceFmri fmri, Event event) {}

    final Map<InstanceFmri, Label> labels = new HashMap<>();
    /// Effects carried out, for tests that read them.
    final List<Effect> done = new ArrayList<>();
    /// Events handled and effects carried out, in order.
    private final List<Object> story;
    private final FakeKernel kernel;
    private final Repository repository;
    private final Supplier<BootTime> clock;
    private final Runnable doom;
    private final Deque<Queued> queue = new ArrayDeque<>();
    private Map<InstanceFmri, Definition> standIns = Map.of();

    FakeManager(FakeKernel kernel, Repository repository, Supplier<BootTime> clock, Runnable doom, List<Object> story) {
        this.kernel = kernel;
        this.repository = repository;
        this.clock = clock;
        this.doom = doom;
        this.story = story;
    }

    /// Watches, reads, reconciles.
    TakenOver takeOver() {
        kernel.heardBy((fmri, event) -> queue.add(new Queued(fmri, event)));
        TakenOver taken = Takeover.reconcile(
                repository.definitions(), repository.enabled(), kernel.survey(), repository.freshness(), moment());
        standIns = taken.standIns();
        labels.putAll(taken.labels());
        taken.effects().forEach(this::carryOut);
        work();
        for (Resumption resumption : taken.resumptions()) {
            for (Event event : resumption.events()) {
                on(resumption.fmri(), event);
                work();
            }
        }
        List.copyOf(labels.keySet()).forEach(this::govern);
        return taken;
    }

    /// Handles what is queued, oldest first; yields whether there was something.
    boolean workOnce() {
        Queued first = queue.poll();
        if (first == null) {
            return false;
        }
        on(first.fmri, first.event);
        return true;
    }

    void work() {
        while (workOnce()) {
            // until nothing is left
        }
    }

    boolean isIdle() { return queue.isEmpty(); }

    /// Tells instances whose deadline is reached.
    void deadlines() {
        for (Label label : List.copyOf(labels.values())) {
            if (label.phase().due().filter(clock.get()::reached).isPresent()) {
                on(label.fmri(), new Event.DeadlinePassed());
            }
        }
    }

    /// Records a committed setting in the label.
    void set(InstanceFmri fmri, boolean enabled, Sequence sequence) {
        Label before = labels.get(fmri);
        Label next = before.withSettings(enabled, Optional.empty(), sequence, Optional.empty()).withRevision(before.revision() + 1);
        labels.put(fmri, next);
        carryOut(new Effect.WriteLabel(next));
    }

    void on(InstanceFmri fmri, Event event) {
        Label before = labels.get(fmri);
        if (before == null) {
            return;
        }
        story.add(event);
        Moment moment = moment();
        Step step = Restarter.step(definition(before), before, event, moment);
        StepCheck.check(before, event, moment, step);
        labels.put(fmri, step.label());
        step.effects().forEach(this::carryOut);
        if (step.transitions().stream().anyMatch(t -> labels.containsKey(t.fmri()))) {
            step.transitions().stream().map(Transition::fmri).findFirst().ifPresent(this::govern);
        }
    }

    private Definition definition(Label label) {
        return Optional.ofNullable(repository.definitions().get(label.fmri()))
                .or(() -> Optional.ofNullable(standIns.get(label.fmri())))
                .orElseGet(() -> Questions.standIn(label.fmri(), label.model()));
    }

    private Moment moment() {
        return new Moment(clock.get(), Instant.EPOCH, kernel.nextContract());
    }

    private void carryOut(Effect effect) {
        doom.run();
        done.add(effect);
        story.add(effect);
        switch (effect) {
            case Effect.WriteLabel(var label) -> kernel.writeLabel(label);
            case Effect.CreateContract(var fmri, var contract) -> kernel.create(fmri, contract);
            case Effect.StartMethod(_, var contract, var method) -> kernel.launch(contract, method);
            case Effect.Signal(_, var contract, var signal) -> signalled(contract, signal);
            case Effect.Kill(_, var contract) -> kernel.kill(contract);
            case Effect.Revoke(var fmri, var contract) -> queue.add(new Queued(
                    fmri, kernel.revoke(contract) ? new Event.Revoked(contract) : new Event.RevokeRefused(contract)));
            case Effect.DropExitRecord(_, var contract) -> kernel.dropExitRecord(contract);
            case Effect.Log _ -> {}
            case Effect.RemoveGroup(var fmri) -> {
                kernel.removeGroup(fmri);
                labels.remove(fmri);
            }
        }
    }

    private void signalled(ContractId id, String signal) {
        FakeKernel.Contract contract = kernel.contracts.get(id);
        if (contract != null && contract.others && !signal.equals("HUP")) {
            kernel.othersDie(contract);
        }
    }

    /// What a graph without dependencies says of where the instance now is.
    private void govern(InstanceFmri fmri) {
        Label label = labels.get(fmri);
        boolean lost = !repository.definitions().containsKey(fmri);
        if (label == null || lost || !label.phase().isAtRest()) {
            return;
        }
        boolean enabled = label.effectivelyEnabled();
        State state = label.state();
        if (!enabled && (state == State.OFFLINE || state == State.UNINITIALIZED || state.isRunning())) {
            queue.add(new Queued(fmri, new Event.Disable(Event.By.ADMINISTRATOR)));
        } else if (enabled && (state == State.DISABLED || state == State.UNINITIALIZED)) {
            queue.add(new Queued(fmri, new Event.Enable()));
        } else if (enabled && state == State.OFFLINE) {
            queue.add(new Queued(fmri, new Event.Start()));
        }
    }
}
