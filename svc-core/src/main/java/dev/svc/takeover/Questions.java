package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Definition.RateLimit;
import dev.svc.model.Definition.TimeoutRule;
import dev.svc.model.Method;
import dev.svc.model.MethodContext;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.Label;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The two questions that come before the table: is the instance enabled, and is it defined? Whoever is newer answers.
final class Questions {
    private static final MethodContext PLAIN = new MethodContext(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    private Questions() {}

    /// Who knows the later history.
    private enum Newer {
        REPOSITORY, LABEL, NEITHER
    }

    /// Whether an instance that the repository does not know was deleted, or lost with a part of the repository.
    enum Absence {
        DELETED, LOST
    }

    /// Settles the permanent setting and the temporary one.
    static void settleEnabled(Account account) {
        Label label = account.label();
        Optional<Boolean> configured = account.facts().enabled();
        Freshness freshness = account.facts().freshness();
        Optional<Sequence> changed = freshness.of(label.fmri());
        if (configured.isEmpty() && account.facts().found().label().isPresent() && absence(account.facts()) == Absence.LOST) {
            restore(account);
        } else if (configured.filter(e -> e != label.enabled()).isPresent()) {
            switch (newer(freshness, label)) {
                case REPOSITORY -> account.repair(l -> l.withSettings(
                        // Decided since: a milestone that is without it leaves it alone.
                        configured.get(), Optional.empty(), changed.orElse(freshness.sequence()), Optional.empty()).withOutside(true));
                case LABEL -> restore(account);
                case NEITHER -> account.report(
                        Finding.Kind.SETTING_IN_DOUBT,
                        "the repository says " + word(configured.get()) + ", its label says " + word(label.enabled())
                                + ", and neither is newer; the label is followed");
            }
        } else if (changed.flatMap(c -> c.newerThan(label.sequence())).orElse(false)) {
            // The same permanent setting again still ends a temporary one.
            account.repair(l -> l.withSettings(l.enabled(), Optional.empty(), changed.get(), Optional.empty()));
        }
    }

    private static void restore(Account account) {
        boolean enabled = account.label().enabled();
        account.writeBack(enabled);
        account.report(Finding.Kind.SETTING_RESTORED, "the repository had lost that it was " + word(enabled));
    }

    private static String word(boolean enabled) {
        return enabled ? "enabled" : "disabled";
    }

    /// Why the repository does not know an instance.
    static Absence absence(Facts facts) {
        Optional<Label> label = facts.found().label();
        if (label.isEmpty()) {
            return facts.freshness().of(facts.fmri()).isPresent() ? Absence.DELETED : Absence.LOST;
        }
        return newer(facts.freshness(), label.get()) == Newer.REPOSITORY ? Absence.DELETED : Absence.LOST;
    }

    // An incomplete repository can only speak of what it has evidence for: absence proves nothing, and a row from a manifest is no
    // administrative decision.
    private static Newer newer(Freshness freshness, Label label) {
        Optional<Sequence> known = freshness.complete() ? Optional.of(freshness.sequence()) : freshness.of(label.fmri());
        if (known.isEmpty()) {
            return Newer.LABEL;
        }
        if (known.get().equals(label.sequence())) {
            return Newer.REPOSITORY;
        }
        return label.sequence().newerThan(known.get()).map(newer -> newer ? Newer.LABEL : Newer.REPOSITORY).orElse(Newer.NEITHER);
    }

    /// Enough of a definition to stop an instance that has none; it cannot be started with it.
    static Definition standIn(InstanceFmri fmri, ServiceModel model) {
        Method stop = model == ServiceModel.TRANSIENT
                ? new Method(Method.STOP, ":true", Optional.empty(), PLAIN)
                : new Method(Method.STOP, ":kill", Optional.of(Duration.ofSeconds(60)), PLAIN);
        return new Definition(
                fmri,
                model,
                InstanceFmri.MASTER_RESTARTER,
                List.of(),
                Map.of(Method.STOP, stop),
                RateLimit.DEFAULT,
                Set.of(),
                TimeoutRule.RETRY,
                "",
                List.of(new Definition.Fault(Definition.Fault.Kind.LOST, "nobody knows how it is defined")));
    }
}
