package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Found.Reading;
import dev.svc.restarter.Label;
import dev.svc.restarter.Moment;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where every instance stands when a manager begins.
public final class Takeover {
    private final Freshness freshness;
    private final Moment moment;
    private final Map<InstanceFmri, Label> labels = new LinkedHashMap<>();
    private final Map<InstanceFmri, Definition> standIns = new LinkedHashMap<>();
    private final List<Resumption> resumptions = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<WriteBack> writeBacks = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean keepsUndefined;

    private Takeover(Freshness freshness, Moment moment) {
        this.freshness = freshness;
        this.moment = moment;
    }

    /// Where every configured or found instance stands. Takes no contract id.
    ///
    /// An adopted instance that runs and is no longer enabled is left to the graph, which stops its dependents first. The manager's own
    /// instance is not run by its rules: it only keeps its label.
    ///
    /// @param definitions of the instances which the repository knows
    /// @param enabled their permanent settings; absent: incomplete
    /// @param found what contracts and labels tell
    public static TakenOver reconcile(
            Map<InstanceFmri, Definition> definitions,
            Map<InstanceFmri, Boolean> enabled,
            List<Found> found,
            Freshness freshness,
            Moment moment) {
        Map<InstanceFmri, Found> all = new TreeMap<>(Comparator.comparing(InstanceFmri::toString));
        definitions.keySet().forEach(fmri -> all.put(fmri, new Found(fmri, Optional.empty(), Reading.NONE, List.of())));
        found.forEach(f -> all.put(f.fmri(), f));
        Takeover takeover = new Takeover(freshness, moment);
        for (Found each : all.values()) {
            Optional<Definition> definition = Optional.ofNullable(definitions.get(each.fmri()));
            Optional<Boolean> setting = Optional.ofNullable(enabled.get(each.fmri()));
            takeover.take(new Facts(each.fmri(), definition, setting, each, freshness, moment));
        }
        return new TakenOver(
                takeover.labels, takeover.standIns, takeover.keepsUndefined, takeover.resumptions, takeover.effects, takeover.writeBacks,
                takeover.findings);
    }

    private void take(Facts facts) {
        if (facts.fmri().equals(InstanceFmri.MASTER_RESTARTER)) {
            facts.found().label().ifPresent(l -> labels.put(l.fmri(), l));
        } else if (facts.definition().isPresent()) {
            defined(facts, facts.definition().get());
        } else {
            undefined(facts);
        }
    }

    private void defined(Facts facts, Definition definition) {
        boolean unknown = facts.found().label().isEmpty() && !facts.labelIsLost();
        if (unknown && facts.enabled().isEmpty()) {
            return;
        }
        Account account = new Account(facts, facts.found().label().orElseGet(() -> fresh(facts)));
        boolean wasEnabled = account.label().effectivelyEnabled();
        Questions.settleEnabled(account);
        account.repair(label -> label.defined(moment.wall()));
        if (definition.restarter().equals(InstanceFmri.MASTER_RESTARTER)) {
            Table.apply(account, definition);
            if (facts.enabled().isEmpty() && Questions.absence(facts) == Questions.Absence.DELETED) {
                account.report(Finding.Kind.DELETED, "general/enabled was deleted; it is stopped and forgotten");
                account.tell(new Event.Requested(new Request.Forget()));
            } else if (account.phase() instanceof Phase.Maintenance && wasEnabled && !account.label().effectivelyEnabled()) {
                account.tell(new Event.Disable(Event.By.ADMINISTRATOR));
            }
        }
        settle(account);
    }

    private void undefined(Facts facts) {
        Account account = new Account(facts, facts.found().label().orElseGet(() -> fresh(facts)));
        Definition standIn = Questions.standIn(facts.fmri(), account.label().model());
        standIns.put(facts.fmri(), standIn);
        boolean deleted = Questions.absence(facts) == Questions.Absence.DELETED;
        boolean nothing = facts.found().label().isEmpty() && facts.populated().isEmpty();
        if (nothing && (deleted || freshness.complete() || facts.found().reading() == Reading.NONE)) {
            forgotten(account);
        } else if (nothing) {
            historyUnknown(account);
        } else {
            Table.apply(account, standIn);
            if (deleted) {
                account.report(Finding.Kind.DELETED, "it was deleted; it is stopped and forgotten");
                account.tell(new Event.Requested(new Request.Forget()));
            } else {
                keep(account);
            }
        }
        settle(account);
    }

    // The group of an instance that was being forgotten: nobody is inside, and its label went first.
    private static void forgotten(Account account) {
        account.facts().found().contracts().forEach(account::remainder);
        account.tell(new Event.Requested(new Request.Forget()));
    }

    private void historyUnknown(Account account) {
        keepsUndefined = true;
        account.repair(new Phase.Maintenance(List.of()), Reason.HISTORY_UNKNOWN);
        account.report(Finding.Kind.HISTORY_UNKNOWN, "its definition and its label are lost, and nobody knows whether it ran since boot");
    }

    private void keep(Account account) {
        keepsUndefined = true;
        if (account.phase() instanceof Phase.Online(var contract)) {
            account.repair(new Phase.Degraded(contract), Reason.HISTORY_UNKNOWN);
        }
        account.report(
                Finding.Kind.DEFINITION_LOST,
                "the repository lost its definition; it is kept as it is, and not restarted until it is imported again");
    }

    // What is unknown of a running instance is taken as enabled: nothing dies for our confusion. A repository that is complete spoke its
    // last word: a temporary setting that is made from here on is younger.
    private Label fresh(Facts facts) {
        Sequence sequence = freshness.complete() ? freshness.sequence() : freshness.of(facts.fmri()).orElse(Sequence.NONE);
        return Label.fresh(facts.fmri(), facts.model(), facts.enabled().orElse(true), sequence, moment.wall());
    }

    private void settle(Account account) {
        if (!account.label().pending().isEmpty()) {
            account.tell(new Event.TakenOver());
        }
        InstanceFmri fmri = account.facts().fmri();
        effects.addAll(account.effects());
        labels.put(fmri, account.label());
        if (!account.events().isEmpty()) {
            resumptions.add(new Resumption(fmri, account.events()));
        }
        account.writeBack().ifPresent(writeBacks::add);
        findings.addAll(account.findings());
    }
}
