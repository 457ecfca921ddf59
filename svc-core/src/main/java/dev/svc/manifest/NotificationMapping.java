package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.manifest.document.MechanismElement;
import dev.svc.manifest.document.MechanismParameter;
import dev.svc.manifest.document.NotificationElement;
import dev.svc.manifest.document.ParameterElement;
import dev.svc.manifest.document.ParamvalElement;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What `notification_parameters` mean: one property group for each event of the set.
final class NotificationMapping {
    static final String TYPE = "notify_params";
    static final String FAULT_SUFFIX = ",fmnotify";

    /// The only place for fault-management events.
    private static final String FAULT_ENTITY = "svc:/system/fm/notify-params:default";
    /// Settings for all instances belong to its instance, not to the service itself.
    private static final String GLOBAL = "svc:/system/svc/global";

    private static final List<String> STATES = List.of("uninitialized", "maintenance", "offline", "disabled", "online", "degraded");
    private static final Map<String, String> FAULT_TAGS = Map.of("problem-diagnosed", "list.suspect", "problem-updated", "list.updated",
            "problem-repaired", "list.repaired", "problem-resolved", "list.resolved");

    private final EntityFmri entity;
    private final EntityMapping groups;
    private final Findings findings;

    NotificationMapping(EntityFmri entity, EntityMapping groups, Findings findings) {
        this.entity = entity;
        this.groups = groups;
        this.findings = findings;
    }

    void add(NotificationElement element) {
        for (String name : groupNames(element)) {
            groups.draft(name, TYPE, element.line).ifPresent(group -> element.mechanisms.forEach(m -> addMechanism(group, m)));
        }
    }

    private static void addMechanism(GroupDraft group, MechanismElement mechanism) {
        group.add(mechanism.name + ",active", ValueType.BOOLEAN, mechanism.active == null ? "true" : mechanism.active, mechanism.line);
        for (MechanismParameter parameter : mechanism.parameters) {
            switch (parameter) {
                case ParamvalElement one -> group.add(mechanism.name + "," + one.name, ValueType.ASTRING, one.value, one.line);
                case ParameterElement many -> group.add(mechanism.name + "," + many.name, ValueType.ASTRING,
                        many.values.stream().map(v -> v.value).toList(), many.line);
            }
        }
    }

    private Set<String> groupNames(NotificationElement element) {
        Set<String> transitions = new LinkedHashSet<>();
        Set<String> faults = new LinkedHashSet<>();
        for (String token : element.event.value.split(",", -1)) {
            String event = token.strip();
            if (FAULT_TAGS.containsKey(event)) {
                faults.add(FAULT_TAGS.get(event) + FAULT_SUFFIX);
            } else if (event.startsWith("list.") || event.startsWith("ireport.")) {
                faults.add(event + FAULT_SUFFIX);
            } else if (transitions(event).isEmpty()) {
                complain(element, "\"" + event + "\" is unknown; one of all, [to-|from-]" + String.join(", [to-|from-]", STATES)
                        + ", or a fault-management class (list.…, ireport.…, problem-diagnosed and so on)");
            } else {
                transitions.addAll(transitions(event));
            }
        }
        if (!transitions.isEmpty() && !faults.isEmpty()) {
            complain(element, "Can't mix SMF and FMA event definitions");
        } else if (!faults.isEmpty() && !entity.toString().equals(FAULT_ENTITY)) {
            complain(element, "fault-management events are allowed only in " + FAULT_ENTITY);
        } else if (!transitions.isEmpty() && entity.toString().equals(GLOBAL)) {
            complain(element, "state transitions are not allowed in " + GLOBAL + "; its instance default is the place for them");
        }
        transitions.addAll(faults);
        return transitions;
    }

    private void complain(NotificationElement element, String sentence) {
        findings.add(element.event.line, "event \"" + element.event.value + "\": " + sentence);
    }

    /// The property group names an SMF event stands for; none if it is no such event.
    static List<String> transitions(String event) {
        List<String> names = new ArrayList<>();
        for (String state : STATES) {
            for (String transition : List.of("to-" + state, "from-" + state)) {
                if (event.equals("all") || event.equals(state) || event.equals(transition)) {
                    names.add(transition);
                }
            }
        }
        return names;
    }
}
