package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Label;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where every instance stands, and what is to be done about it, in this order: take the labels as the working state, carry out the
/// effects, insert the instances into the graph, feed the resumptions to the restarter, commit what is written back.
///
/// @param labels one for each instance that is configured or was found, by name; an instance that is configured but incomplete (no
///     `general/enabled`) and has no label has none
/// @param standIns definitions for instances which the model does not have: what is needed to stop them. They are not for the graph;
///     none can be started under one
/// @param keepsUndefined whether one of those stays, on the evidence of its label alone or as nothing is known of it
/// @param effects repairs of labels, revocations of remainders, and interrupted steps carried on; none takes a contract id
public record TakenOver(
        Map<InstanceFmri, Label> labels,
        Map<InstanceFmri, Definition> standIns,
        boolean keepsUndefined,
        List<Resumption> resumptions,
        List<Effect> effects,
        List<WriteBack> writeBacks,
        List<Finding> findings) {
    public TakenOver {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        standIns = Map.copyOf(standIns);
        resumptions = List.copyOf(resumptions);
        effects = List.copyOf(effects);
        writeBacks = List.copyOf(writeBacks);
        findings = List.copyOf(findings);
    }
}
