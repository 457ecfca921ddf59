package dev.svc.takeover;

import dev.svc.model.Reason;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found.FoundContract;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What takeover has to say of one instance, while it is being put together.
final class Account {
    private final Facts facts;
    private Label label;
    private boolean repaired;
    private final List<Effect> revocations = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<WriteBack> writeBack = Optional.empty();

    Account(Facts facts, Label label) {
        this.facts = facts;
        this.label = label;
    }

    Facts facts() {
        return facts;
    }

    Label label() {
        return label;
    }

    Phase phase() {
        return label.phase();
    }

    /// The label is changed, and stored before anything else is done.
    void repair(UnaryOperator<Label> change) {
        Label next = change.apply(label);
        repaired |= !next.equals(label);
        label = next;
    }

    void repair(Phase phase) {
        repair(l -> l.withPhase(phase, facts.moment().wall()));
    }

    void repair(Phase phase, Reason reason) {
        repair(l -> l.withReason(reason, Optional.empty()).withPhase(phase, facts.moment().wall()));
    }

    void carryOut(Effect effect) {
        effects.add(effect);
    }

    /// Nothing can enter the contract any more, if nobody is inside.
    void revoke(ContractId contract) {
        carryOut(new Effect.Revoke(facts.fmri(), contract));
    }

    /// What an interrupted step left of a contract that nobody names goes.
    ///
    /// It is revoked before a repaired label is stored: were the manager killed between the two, a launcher that was delayed since before
    /// the crash could enter a contract that no label names any more.
    void remainder(FoundContract contract) {
        if (contract.exists()) {
            revocations.add(new Effect.Revoke(facts.fmri(), contract.id()));
        }
        carryOut(new Effect.DropExitRecord(facts.fmri(), contract.id()));
    }

    /// A kill that was in progress goes on.
    void kill(ContractId contract) {
        carryOut(new Effect.Kill(facts.fmri(), contract));
        revoke(contract);
    }

    void tell(Event event) {
        events.add(event);
    }

    void report(Finding.Kind kind, String sentence) {
        findings.add(new Finding(facts.fmri(), kind, sentence));
    }

    void writeBack(boolean enabled) {
        writeBack = Optional.of(new WriteBack(facts.fmri(), enabled));
    }

    List<Effect> effects() {
        List<Effect> all = new ArrayList<>(revocations);
        if (repaired) {
            label = label.withRevision(label.revision() + 1);
            repaired = false;
            all.add(new Effect.WriteLabel(label));
        }
        all.addAll(effects);
        return all;
    }

    List<Event> events() {
        return events;
    }

    List<Finding> findings() {
        return findings;
    }

    Optional<WriteBack> writeBack() {
        return writeBack;
    }
}
