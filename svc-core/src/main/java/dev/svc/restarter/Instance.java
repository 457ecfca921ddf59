package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.Transition;
import dev.svc.model.WaitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One instance at one moment with the step in the making: its label so far, and the effects and transitions that led there.
///
/// @param stored the label as the last [Effect.WriteLabel] of the step left it, at first as it was before the step
record Instance(
        Definition definition, Label label, Label stored, Moment moment, List<Effect> effects, List<Transition> transitions) {
    static Instance at(Definition definition, Label label, Moment moment) {
        return new Instance(definition, label, label, moment, List.of(), List.of());
    }

    InstanceFmri fmri() {
        return label.fmri();
    }

    BootTime now() {
        return moment.now();
    }

    ServiceModel model() {
        return label.model();
    }

    State state() {
        return label.state();
    }

    /// The step; what was changed in the label and not written yet is written last.
    Step step() {
        Instance done = label.equals(stored) ? this : written();
        return new Step(done.label, done.effects, done.transitions);
    }

    /// The same with a changed label, to be written by a later [#entering] or at the end.
    Instance with(UnaryOperator<Label> change) {
        return new Instance(definition, change.apply(label), stored, moment, effects, transitions);
    }

    /// The label says why the instance is where it is.
    Instance because(Reason reason) {
        return with(l -> l.withReason(reason, Optional.empty()));
    }

    /// One failure of `method` more.
    Instance failed(String method, WaitStatus status, Timing timing) {
        MethodFailure failure = new MethodFailure(method, status, timing == Timing.TIMED_OUT);
        return with(l -> l.withFailures(l.failures() + 1, Optional.of(failure)));
    }

    /// Whether a method's end came by its deadline.
    enum Timing {
        ENDED, TIMED_OUT
    }

    Instance withoutFailures() {
        return with(l -> l.withFailures(0, Optional.empty()));
    }

    /// As if it had never been started before.
    Instance withoutAttempts() {
        return with(l -> l.withAttempts(List.of()).withFault(Optional.empty()));
    }

    Instance overridden(Optional<Boolean> temporary, boolean outside) {
        return with(l -> l.withSettings(l.enabled(), temporary, l.sequence(), l.comment()).withOutside(outside));
    }

    /// In another phase, which is written before whatever follows (I2). Exit records of contracts that are no longer named go.
    Instance entering(Phase next) {
        Phase last = label.phase();
        boolean shown = last.state() != next.state() || !last.nextState().equals(next.nextState());
        Instance there = with(l -> l.withPhase(next, shown ? moment.wall() : l.since())).written();
        for (ContractId contract : last.contracts()) {
            if (!next.contracts().contains(contract)) {
                there = there.effecting(new Effect.DropExitRecord(fmri(), contract));
            }
        }
        return there;
    }

    /// Gone: nothing is written, the group itself goes.
    Instance forgotten() {
        Label last = label.withPhase(new Phase.Disabled(), moment.wall());
        Instance gone = new Instance(definition, last, last, moment, effects, transitions);
        for (ContractId contract : label.phase().contracts()) {
            gone = gone.effecting(new Effect.DropExitRecord(fmri(), contract));
        }
        return gone.effecting(new Effect.RemoveGroup(fmri()));
    }

    boolean isForgotten() { return !effects.isEmpty() && effects.getLast() instanceof Effect.RemoveGroup; }

    Instance effecting(Effect... more) {
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(List.of(more));
        return new Instance(definition, label, stored, moment, all, transitions);
    }

    Instance logging(String text) {
        return effecting(new Effect.Log(fmri(), text));
    }

    /// Kills what is in the contract, and asks whether that was all.
    Instance killing(ContractId contract) {
        return effecting(new Effect.Kill(fmri(), contract), new Effect.Revoke(fmri(), contract));
    }

    Instance revoking(ContractId contract) {
        return effecting(new Effect.Revoke(fmri(), contract));
    }

    /// The graph is told of the change from `last` to where the instance now is.
    Instance telling(State last, ErrorClass error) {
        List<Transition> all = new ArrayList<>(transitions);
        all.add(new Transition(fmri(), last, state(), error));
        return new Instance(definition, label, stored, moment, effects, all);
    }

    private Instance written() {
        Label next = label.withRevision(stored.revision() + 1);
        List<Effect> all = new ArrayList<>(effects);
        dropUnseenWriting(all);
        all.add(new Effect.WriteLabel(next));
        return new Instance(definition, next, next, moment, all, transitions);
    }

    // A label that is replaced before anything it announces was done need not be stored.
    private static void dropUnseenWriting(List<Effect> all) {
        int last = all.size() - 1;
        while (last >= 0 && all.get(last) instanceof Effect.Log) {
            last--;
        }
        if (last >= 0 && all.get(last) instanceof Effect.WriteLabel) {
            all.remove(last);
        }
    }
}
