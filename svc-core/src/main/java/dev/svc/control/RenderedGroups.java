package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.State;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The non-persistent property groups, which no repository holds: rendered from where instances stand (`restarter`, `general_ovr`) and
/// from the milestone in force (`options_ovr`).
record RenderedGroups(SvcRoot root) {
    /// The groups of `entity`; services have none.
    List<PropertyGroup> of(EntityFmri entity, Published published) {
        List<PropertyGroup> groups = new ArrayList<>();
        if (entity instanceof InstanceFmri instance) {
            standing(instance, published).map(Standing::label).ifPresent(label -> {
                groups.add(restarter(label));
                label.override().ifPresent(enabled -> groups.add(override(enabled, label.comment())));
            });
            if (instance.equals(InstanceFmri.MASTER_RESTARTER)) {
                milestone(published).ifPresent(groups::add);
            }
        }
        return groups;
    }

    private static Optional<Standing> standing(InstanceFmri fmri, Published published) {
        return Optional.ofNullable(published.standings().get(fmri));
    }

    private PropertyGroup restarter(Label label) {
        List<Property> properties = new ArrayList<>();
        properties.add(Property.text("state", label.state().word()));
        properties.add(Property.text("next_state", label.phase().nextState().map(State::word).orElse("none")));
        properties.add(new Property("state_timestamp", ValueType.TIME, Times.text(label.since())));
        properties.add(Property.text("auxiliary_state", label.reason().word()));
        label.requester().ifPresent(fmri -> properties.add(Property.text("auxiliary_fmri", fmri.toString())));
        if (hasRun(label)) {
            properties.add(new Property("contract", ValueType.COUNT,
                    contracts(label).stream().map(ContractId::toString).toList()));
        }
        label.phase().transientContract().ifPresent(c -> properties.add(Property.count("transient_contract", c.value())));
        label.startStatus().ifPresent(
                status -> properties.add(new Property("start_method_waitstatus", ValueType.INTEGER, Integer.toString(status.raw()))));
        properties.add(Property.text("logfile", root.log(label.fmri()).toString()));
        return new PropertyGroup("restarter", PropertyGroup.FRAMEWORK, properties);
    }

    /// Its contracts except that of a stop or refresh method: the primary one, and what is left of older ones.
    static List<ContractId> contracts(Label label) {
        Optional<ContractId> method = label.phase().transientContract();
        return label.phase().contracts().stream().filter(c -> !method.equals(Optional.of(c))).toList();
    }

    /// Whether its contracts are worth a word: it has one, or had one this boot.
    static boolean hasRun(Label label) {
        return !contracts(label).isEmpty() || label.startStatus().isPresent();
    }

    private static PropertyGroup override(boolean enabled, Optional<String> comment) {
        return new PropertyGroup("general_ovr", PropertyGroup.FRAMEWORK,
                List.of(Property.truth("enabled", enabled), Property.text("comment", comment.orElse(""))));
    }

    private static Optional<PropertyGroup> milestone(Published published) {
        String configured = published.model().own(InstanceFmri.MASTER_RESTARTER, "options").flatMap(g -> g.value("milestone"))
                .orElse("all");
        return published.milestone().equals(configured)
                ? Optional.empty()
                : Optional.of(new PropertyGroup("options_ovr", PropertyGroup.FRAMEWORK,
                        List.of(Property.text("milestone", published.milestone()))));
    }
}
