package dev.svc.restarter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What every step must be, whatever the rules: the label is written before what it announces (I2), and nothing is started before every
/// older contract was revoked (I3). Replays the effects one by one.
public final class StepCheck {
    private final Label before;
    private final Event event;
    private final Moment moment;
    private final Step step;

    private StepCheck(Label before, Event event, Moment moment, Step step) {
        this.before = before;
        this.event = event;
        this.moment = moment;
        this.step = step;
    }

    public static void check(Label before, Event event, Moment moment, Step step) {
        new StepCheck(before, event, moment, step).check();
    }

    private void check() {
        Label stored = before;
        List<ContractId> made = new ArrayList<>();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.WriteLabel(var label)) {
                assertTrue(label.revision() > stored.revision(), () -> "the revision grows" + story());
                stored = label;
            } else {
                check(effect, stored, made);
            }
        }
        boolean forgotten = !step.effects().isEmpty() && step.effects().getLast() instanceof Effect.RemoveGroup;
        if (!forgotten) {
            assertEquals(step.label(), stored, () -> "the label of the step is the one stored last" + story());
            noNameIsDroppedUnrevoked();
        }
        assertTrue(made.size() <= 1, () -> "a step makes one contract at most" + story());
    }

    private void check(Effect effect, Label stored, List<ContractId> made) {
        Phase phase = stored.phase();
        switch (effect) {
            case Effect.WriteLabel _,Effect.Log _ -> {}
            case Effect.CreateContract(_, var contract) -> {
                assertEquals(moment.nextContract(), contract, this::story);
                assertEquals(contract, announced(phase), () -> "I2: the new contract is announced" + story());
                assertTrue(before.phase().contracts().stream().noneMatch(contract::equals), this::story);
                made.add(contract);
            }
            case Effect.StartMethod(_, var contract, var method) -> {
                assertEquals(List.of(contract), made, () -> "a method runs in a contract of its own" + story());
                if (method.equals("start")) {
                    assertEquals(Set.of(), unrevoked(), () -> "I3: every older contract was revoked" + story());
                }
            }
            case Effect.Signal(_, var contract, _) ->
                assertEquals(contract, phase.primary().orElseThrow(), () -> "the primary contract is signalled" + story());
            case Effect.Kill(_, var contract) ->
                assertTrue(doomed(phase).contains(contract), () -> "I2: the end of " + contract + " is announced" + story());
            case Effect.Revoke(_, var contract) ->
                assertFalse(living(phase).contains(contract), () -> "what is to live on is not revoked" + story());
            case Effect.DropExitRecord(_, var contract) -> assertTrue(
                    !phase.contracts().contains(contract) || step.effects().getLast() instanceof Effect.RemoveGroup,
                    () -> "an exit record goes when no label names its contract" + story());
            case Effect.RemoveGroup _ -> {
                assertEquals(effect, step.effects().getLast(), this::story);
                assertEquals(Set.of(), unrevoked(), () -> "I3: a group goes without contracts" + story());
            }
        }
    }

    private static ContractId announced(Phase phase) {
        return phase instanceof Phase.Starting(var contract, _, _) ? contract : phase.transientContract().orElseThrow();
    }

    /// Contracts whose processes the label says are to go.
    private static List<ContractId> doomed(Phase phase) {
        return switch (phase) {
            case Phase.Starting(var contract, _, var ending) when ending.isPresent() -> List.of(contract);
            case Phase.Refreshing(_, _, var method, _, var ending) when ending.isPresent() -> List.of(method);
            case Phase.Stopping(_, _, Phase.Stage.MethodEnded(var method, _), _, _) -> List.of(method);
            case Phase.Stopping(_, _, Phase.Stage.Killing _, _, _) -> phase.contracts();
            default -> List.of();
        };
    }

    /// Contracts whose processes the label says are running, and nothing else.
    private List<ContractId> living(Phase phase) {
        return switch (phase) {
            case Phase.Starting(var contract, _, var ending) when ending.isEmpty() -> List.of(contract);
            case Phase.Refreshing(_, var contract, _, _, _) -> contract.stream().toList();
            case Phase.Online(var contract) when step.label().model() != dev.svc.model.ServiceModel.TRANSIENT -> contract.stream().toList();
            case Phase.Degraded(var contract) when step.label().model() != dev.svc.model.ServiceModel.TRANSIENT ->
                contract.stream().toList();
            default -> List.of();
        };
    }

    private Set<ContractId> unrevoked() {
        Set<ContractId> open = new HashSet<>(before.phase().contracts());
        if (event instanceof Event.Revoked(var contract)) {
            open.remove(contract);
        }
        // Its removal was the condition for asking about the primary contract.
        if (before.phase() instanceof Phase.Stopping(_, var primary, Phase.Stage.MethodEnded(var method, _), _, _)
                && (event.equals(new Event.Revoked(primary.orElse(method)))
                        || event.equals(new Event.RevokeRefused(primary.orElse(method))))) {
            open.remove(method);
        }
        return open;
    }

    private void noNameIsDroppedUnrevoked() {
        Set<ContractId> lost = unrevoked();
        lost.removeAll(step.label().phase().contracts());
        assertEquals(Set.of(), lost, () -> "a contract is named until it is revoked" + story());
    }

    private String story() {
        return "\n  before " + before + "\n  event  " + event + "\n  after  " + step.label() + "\n  by     " + step.effects();
    }
}
