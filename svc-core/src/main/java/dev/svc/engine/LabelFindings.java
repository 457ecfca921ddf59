package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Model;
import dev.svc.model.Sequence;
import dev.svc.repository.Finding;
import dev.svc.restarter.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// V5: labels against definitions.
public final class LabelFindings {
    private LabelFindings() {}

    /// What labels know that the repository does not say.
    ///
    /// @param sequence the last change in the repository
    public static List<Finding> of(Collection<Label> labels, Model model, Sequence sequence) {
        List<Finding> findings = new ArrayList<>();
        for (Label label : labels) {
            InstanceFmri fmri = label.fmri();
            if (fmri.equals(InstanceFmri.MASTER_RESTARTER)) {
                continue;
            }
            if (label.sequence().newerThan(sequence).orElse(false)) {
                findings.add(finding(label, Finding.Gravity.LOSS, "its label knows change " + label.sequence().number()
                        + ", the repository ends at " + sequence.number()));
            }
            Optional<Boolean> enabled = model.enabled(fmri);
            if (!model.exists(fmri)) {
                findings.add(finding(label, Finding.Gravity.DAMAGE, "it has a label ("
                        + label.state().name().toLowerCase(Locale.ROOT) + ") and is configured nowhere"));
            } else if (enabled.isPresent() && enabled.get() != label.enabled()) {
                findings.add(finding(label, Finding.Gravity.DAMAGE, "its label says " + word(label.enabled()) + ", the repository "
                        + word(enabled.get())));
            }
        }
        return findings;
    }

    private static Finding finding(Label label, Finding.Gravity gravity, String what) {
        return new Finding(Finding.Level.V5, gravity, "label", what, Optional.of(label.fmri().toString()), Optional.empty(),
                OptionalLong.of(label.sequence().number()));
    }

    private static String word(boolean enabled) {
        return enabled ? "enabled" : "disabled";
    }
}
