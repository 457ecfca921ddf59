package dev.svc.control;

import dev.svc.engine.Administration.Permanence;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// SMF's rules for who may do what: what each act demands of somebody who may not do all. Source: smf_security(7).
///
/// An authorization property of an instance's group hides that of the service's group of the same name; it counts if it is a text.
record Demands(Model model) {
    static final String MODIFY = "solaris.smf.modify";
    static final String MANAGE = "solaris.smf.manage";
    /// Ends the manager and all it runs; not SMF's but the system's.
    static final String SHUTDOWN = "solaris.system.shutdown";

    private static final String ACTION = "action_authorization";
    private static final String OF_GROUP = "modify_authorization";
    private static final String OF_VALUES = "value_authorization";
    private static final String READ = "read_authorization";
    private static final Set<String> NEVER_HIDDEN = Set.of(PropertyGroup.FRAMEWORK, PropertyGroup.DEPENDENCY, PropertyGroup.METHOD);
    private static final Set<String> SPECIAL_TYPES = Set.of(PropertyGroup.FRAMEWORK, PropertyGroup.DEPENDENCY, PropertyGroup.METHOD,
            PropertyGroup.APPLICATION);

    /// Services and instances come or go, or whole definitions change.
    static Demand configuring() {
        return new Demand(List.of(MODIFY));
    }

    static Demand ending() {
        return new Demand(List.of(SHUTDOWN));
    }

    /// `svcadm restart`, `refresh`, `clear`, `mark`.
    Demand acting(InstanceFmri fmri) {
        List<String> sufficient = new ArrayList<>(values(fmri, "general", ACTION));
        sufficient.addAll(List.of(MANAGE, MODIFY));
        return new Demand(sufficient);
    }

    /// `svcadm enable` and `disable`: for good, a value of `general` changes; temporarily, it is an action.
    Demand enabling(InstanceFmri fmri, Permanence permanence) {
        return switch (permanence) {
            case TEMPORARILY -> {
                List<String> sufficient = new ArrayList<>(values(fmri, "general", ACTION));
                sufficient.addAll(List.of(MANAGE, modifying(PropertyGroup.FRAMEWORK), MODIFY));
                yield new Demand(sufficient);
            }
            case PERMANENTLY -> changingValues(fmri, "general", PropertyGroup.FRAMEWORK);
        };
    }

    /// `svcadm milestone`: a value of the master restarter's `options` changes.
    Demand settingMilestone() {
        return changingValues(InstanceFmri.MASTER_RESTARTER, "options", PropertyGroup.FRAMEWORK);
    }

    /// `svccfg addpg`, `delpg`, `setprop`, `delprop`: whole groups by their type; properties also by what their group names, and values
    /// that keep their type by more. Who may set `general/action_authorization` could grant himself what is not his to grant.
    Demand editing(EntityFmri entity, Edit edit) {
        return switch (edit) {
            case Edit.AddGroup(_, var type) -> new Demand(modifyingAny(type));
            case Edit.RemoveGroup(var group) -> new Demand(modifyingAny(typeOf(entity, group)));
            case Edit.SetProperty(var group, var property, var type, _) -> {
                Optional<ValueType> now = model.own(entity, group).flatMap(g -> g.property(property)).map(Property::type);
                yield editing(entity, group, property, now.isPresent() && type.or(() -> now).equals(now));
            }
            case Edit.RemoveProperty(var group, var property) -> editing(entity, group, property, false);
        };
    }

    private Demand editing(EntityFmri entity, String group, String property, boolean valuesOnly) {
        if (group.equals("general") && property.equals(ACTION)) {
            return new Demand(List.of(MODIFY, MANAGE));
        }
        List<String> sufficient = new ArrayList<>();
        if (valuesOnly && !property.equals(OF_GROUP)) {
            sufficient.addAll(values(entity, group, OF_VALUES));
        }
        sufficient.addAll(values(entity, group, OF_GROUP));
        sufficient.addAll(modifyingAny(typeOf(entity, group)));
        return new Demand(sufficient);
    }

    private String typeOf(EntityFmri entity, String group) {
        return model.own(entity, group).map(PropertyGroup::type).orElse("");
    }

    private static List<String> modifyingAny(String type) {
        return SPECIAL_TYPES.contains(type) ? List.of(modifying(type), MODIFY) : List.of(MODIFY);
    }

    private Demand changingValues(EntityFmri entity, String group, String type) {
        List<String> sufficient = new ArrayList<>(values(entity, group, OF_VALUES));
        sufficient.addAll(values(entity, group, OF_GROUP));
        sufficient.addAll(modifyingAny(type));
        return new Demand(sufficient);
    }

    /// What reading the values of `group`, as `entity` shows it, demands; nothing if all may read them. Protection now also covers
    /// snapshots taken before.
    Optional<Demand> reading(EntityFmri entity, PropertyGroup group) {
        if (NEVER_HIDDEN.contains(group.type()) || !isProtected(entity, group)) {
            return Optional.empty();
        }
        List<String> sufficient = new ArrayList<>();
        for (String property : List.of(READ, OF_VALUES, OF_GROUP)) {
            sufficient.addAll(texts(group.property(property)));
            sufficient.addAll(values(entity, group.name(), property));
        }
        sufficient.addAll(modifyingAny(group.type()));
        return Optional.of(new Demand(sufficient));
    }

    private boolean isProtected(EntityFmri entity, PropertyGroup group) {
        return isText(group.property(READ)) || isText(property(entity, group.name(), READ));
    }

    private static String modifying(String type) {
        return MODIFY + "." + type;
    }

    private List<String> values(EntityFmri entity, String group, String property) {
        return texts(property(entity, group, property));
    }

    private Optional<Property> property(EntityFmri entity, String group, String property) {
        return model.own(entity, group).flatMap(g -> g.property(property))
                .or(() -> model.own(entity.serviceFmri(), group).flatMap(g -> g.property(property)));
    }

    private static List<String> texts(Optional<Property> property) {
        return isText(property) ? property.orElseThrow().values().stream().filter(v -> !v.isEmpty()).toList() : List.of();
    }

    private static boolean isText(Optional<Property> property) {
        return property.map(Property::type).filter(t -> t == ValueType.ASTRING).isPresent();
    }
}
