package dev.svc.restarter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.State;
import dev.svc.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// One instance's life in a test: events in, what came of them out; every step is checked by [StepCheck]. Time moves only when told.
final class Life {
    static final InstanceFmri FMRI = InstanceFmri.parse("svc:/site/web:default");

    private Definition definition;
    private Label label;
    private Duration elapsed = Duration.ofSeconds(1000);
    private UnaryOperator<Instant> clock = UnaryOperator.identity();
    private long nextContract = 1;
    private Step last = new Step(Label.fresh(FMRI, dev.svc.model.ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH), List.of(),
            List.of());

    private Life(Definition definition, Label label) {
        this.definition = definition;
        this.label = label;
    }

    /// New, enabled.
    static Life of(Definition definition) {
        return new Life(definition, Label.fresh(FMRI, definition.model(), true, Sequence.NONE, Instant.EPOCH));
    }

    static Life offline(Definition definition) {
        return of(definition).on(new Event.Enable());
    }

    /// Online in contract 1, or in none if the start method leaves none.
    static Life online(Definition definition) {
        Life life = offline(definition).on(new Event.Start());
        life.nextContract = Math.max(life.nextContract, 2);
        if (life.label.phase() instanceof Phase.Starting) {
            life.on(definition.model() == dev.svc.model.ServiceModel.CHILD ? new Event.Launched(contract(1)) : exited(1, 0));
        }
        assertEquals(State.ONLINE, life.label.state());
        return life;
    }

    static ContractId contract(long id) {
        return new ContractId(id);
    }

    static Event exited(long contract, int status) {
        return new Event.MethodExited(contract(contract), dev.svc.model.WaitStatus.exited(status));
    }

    static Event killed(long contract, int signal) {
        return new Event.MethodExited(contract(contract), dev.svc.model.WaitStatus.killedBy(signal));
    }

    static Event emptied(long contract) {
        return new Event.ContractEmptied(contract(contract));
    }

    static Event revoked(long contract) {
        return new Event.Revoked(contract(contract));
    }

    static Event refused(long contract) {
        return new Event.RevokeRefused(contract(contract));
    }

    static Event asked(Request request) {
        return new Event.Requested(request);
    }

    Life on(Event event) {
        Moment moment = new Moment(now(), clock.apply(Instant.EPOCH.plus(elapsed)), contract(nextContract));
        last = Restarter.step(definition, label, event, moment);
        StepCheck.check(label, event, moment, last);
        label = last.label();
        if (last.effects().stream().anyMatch(e -> e instanceof Effect.CreateContract)) {
            nextContract++;
        }
        return this;
    }

    Life after(Duration span) {
        elapsed = elapsed.plus(span);
        return this;
    }

    /// From now on the clock on the wall shows this, given the true time.
    Life byClock(UnaryOperator<Instant> changed) {
        clock = changed;
        return this;
    }

    /// Lets the present deadline pass.
    Life late() {
        elapsed = Duration.ofNanos(label.phase().due().orElseThrow().nanos());
        return on(new Event.DeadlinePassed());
    }

    Life redefined(Definition next) {
        definition = next;
        return this;
    }

    BootTime now() {
        return new BootTime(elapsed.toNanos());
    }

    Label label() {
        return label;
    }

    Life is(Phase phase) {
        assertEquals(phase, label.phase());
        return this;
    }

    /// State, a star and the next state while in transition, and the auxiliary state: `offline*online dependencies_satisfied`.
    Life shows(String expected) {
        String next = label.phase().nextState().map(s -> "*" + s.word()).orElse("");
        assertEquals(expected, label.state().word() + next + " " + label.reason().word());
        return this;
    }

    Life shows(State state, Reason reason) {
        assertEquals(state, label.state());
        assertEquals(reason, label.reason());
        return this;
    }

    /// The last step told the graph exactly this.
    Life told(State from, State to, ErrorClass error) {
        assertEquals(List.of(new Transition(FMRI, from, to, error)), last.transitions());
        return this;
    }

    Life told(Transition... transitions) {
        assertEquals(List.of(transitions), last.transitions());
        return this;
    }

    static Transition transition(State from, State to, ErrorClass error) {
        return new Transition(FMRI, from, to, error);
    }

    /// The lines which the last step wrote to the instance's log.
    Life logged(String... lines) {
        assertEquals(List.of(lines),
                last.effects().stream().filter(e -> e instanceof Effect.Log).map(e -> ((Effect.Log) e).text()).toList());
        return this;
    }

    /// The effects of the last step in short, without logs: `write create 2 start 2 start`.
    Life did(String expected) {
        assertEquals(expected, did(last.effects()));
        return this;
    }

    static String did(List<Effect> effects) {
        List<String> all = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.WriteLabel _ -> all.add("write");
                case Effect.CreateContract(_, var c) -> all.add("create " + c);
                case Effect.StartMethod(_, var c, var method) -> all.add("run " + method + " " + c);
                case Effect.Signal(_, var c, var signal) -> all.add(signal + " " + c);
                case Effect.Kill(_, var c) -> all.add("kill " + c);
                case Effect.Revoke(_, var c) -> all.add("revoke " + c);
                case Effect.DropExitRecord(_, var c) -> all.add("drop " + c);
                case Effect.RemoveGroup _ -> all.add("remove");
                case Effect.Log _ -> {}
            }
        }
        return String.join(", ", all);
    }
}
