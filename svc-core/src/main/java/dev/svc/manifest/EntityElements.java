package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.manifest.document.CredentialElement;
import dev.svc.manifest.document.DependencyElement;
import dev.svc.manifest.document.DependentElement;
import dev.svc.manifest.document.EnvironmentElement;
import dev.svc.manifest.document.ExecMethodElement;
import dev.svc.manifest.document.MechanismElement;
import dev.svc.manifest.document.MethodContextElement;
import dev.svc.manifest.document.NamedElement;
import dev.svc.manifest.document.NamedValueElement;
import dev.svc.manifest.document.NotificationElement;
import dev.svc.manifest.document.ParameterElement;
import dev.svc.manifest.document.ParamvalElement;
import dev.svc.manifest.document.PropertyGroupElement;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The elements that say what property groups of one entity say. An element counts only if reading it yields the same group again: so
/// an unusual group is never bent into a shape, it stays a `property_group`.
final class EntityElements {
    private final EntityFmri entity;

    EntityElements(EntityFmri entity) {
        this.entity = entity;
    }

    /// What reading makes of an element.
    private List<PropertyGroup> meaning(Consumer<EntityMapping> reading) {
        Findings findings = new Findings("");
        EntityMapping mapping = new EntityMapping(entity, Bundle.Kind.MANIFEST, findings);
        reading.accept(mapping);
        return findings.isEmpty() ? mapping.groups().stream().map(BundledGroup::group).toList() : List.of();
    }

    /// Whether reading yields exactly `groups`.
    boolean faithful(Consumer<EntityMapping> reading, List<PropertyGroup> groups) {
        List<PropertyGroup> read = meaning(reading);
        return read.size() == groups.size() && groups.stream().allMatch(g -> read.stream().anyMatch(r -> ChangeDraft.same(g, r)));
    }

    Optional<DependencyElement> dependency(PropertyGroup group) {
        RemainingProperties rest = new RemainingProperties(group);
        DependencyElement element = new DependencyElement();
        element.name = group.name();
        element.grouping = rest.takeTextOrNull("grouping");
        element.restartOn = rest.takeTextOrNull("restart_on");
        element.type = rest.takeTextOrNull("type");
        rest.takeAll("entities", ValueType.FMRI).ifPresent(all -> all.forEach(f -> element.fmris.add(RemainingProperties.word(f))));
        element.stability = rest.takeWordOrNull("stability");
        element.settings = rest.settings();
        boolean whole = dev.svc.model.Grouping.named(String.valueOf(element.grouping)).isPresent()
                && dev.svc.model.RestartOn.named(String.valueOf(element.restartOn)).isPresent() && element.type != null
                && isStability(element.stability);
        return Optional.of(element).filter(e -> whole && faithful(m -> m.addDependency(e), List.of(group)));
    }

    Optional<ExecMethodElement> method(PropertyGroup group) {
        RemainingProperties rest = new RemainingProperties(group);
        ExecMethodElement element = new ExecMethodElement();
        element.name = group.name();
        element.type = rest.takeTextOrNull("type");
        element.exec = rest.takeTextOrNull("exec");
        element.timeout = rest.takeOrNull("timeout_seconds", ValueType.COUNT);
        element.context = context(rest).orElse(null);
        element.stability = rest.takeWordOrNull("stability");
        element.settings = rest.settings();
        boolean whole = element.exec != null && element.timeout != null && element.type != null
                && List.of("method", "monitor").contains(element.type) && isStability(element.stability);
        return Optional.of(element).filter(e -> whole && faithful(m -> m.addMethod(e), List.of(group)));
    }

    /// The context that remaining properties make; empty if they make none.
    Optional<MethodContextElement> context(RemainingProperties rest) {
        MethodContextElement element = new MethodContextElement();
        element.workingDirectory = rest.takeTextOrNull("working_directory");
        element.project = rest.takeTextOrNull("project");
        element.resourcePool = rest.takeTextOrNull("resource_pool");
        element.securityFlags = rest.takeTextOrNull("security_flags");
        String useProfile = rest.takeOrNull("use_profile", ValueType.BOOLEAN);
        if ("true".equals(useProfile)) {
            element.profile = new NamedElement();
            element.profile.name = rest.takeTextOrNull("profile");
        } else if (useProfile != null) {
            element.credential = credential(rest);
        }
        rest.takeAll("environment", ValueType.ASTRING).ifPresent(variables -> element.environment = environment(variables));
        boolean empty = element.workingDirectory == null && element.project == null && element.resourcePool == null
                && element.securityFlags == null && useProfile == null && element.environment == null;
        return empty ? Optional.empty() : Optional.of(element);
    }

    private static CredentialElement credential(RemainingProperties rest) {
        CredentialElement element = new CredentialElement();
        element.user = rest.takeTextOrNull("user");
        element.group = rest.takeTextOrNull("group");
        element.supplementaryGroups = rest.takeTextOrNull("supp_groups");
        element.privileges = rest.takeTextOrNull("privileges");
        element.limitPrivileges = rest.takeTextOrNull("limit_privileges");
        return element;
    }

    private static EnvironmentElement environment(List<String> variables) {
        EnvironmentElement element = new EnvironmentElement();
        for (String variable : variables) {
            int sign = Math.max(0, variable.indexOf('='));
            NamedValueElement each = new NamedValueElement();
            each.name = variable.substring(0, sign);
            each.value = variable.substring(Math.min(variable.length(), sign + 1));
            element.variables.add(each);
        }
        return element;
    }

    /// Whether a context can be written at all: what the grammar requires of it is there.
    static boolean isWhole(MethodContextElement context) {
        return (context.credential == null || context.credential.user != null)
                && (context.profile == null || context.profile.name != null)
                && (context.environment == null || !context.environment.variables.isEmpty());
    }

    /// The element for a dependency in another entity.
    Optional<DependentElement> dependent(DependentsGroup.Entry entry, PropertyGroup dependency) {
        RemainingProperties rest = new RemainingProperties(dependency);
        rest.takeAll("entities", ValueType.FMRI);
        rest.takeOrNull("external", ValueType.BOOLEAN);
        DependentElement element = new DependentElement();
        element.name = entry.name();
        element.fmri = RemainingProperties.word(entry.target().toString());
        element.grouping = rest.takeTextOrNull("grouping");
        element.restartOn = rest.takeTextOrNull("restart_on");
        element.stability = rest.takeWordOrNull("entity_stability");
        if (dependency.value("type").filter("service"::equals).isPresent()) {
            rest.takeTextOrNull("type");
        }
        element.settings = rest.settings();
        Findings findings = new Findings("");
        EntityMapping mapping = new EntityMapping(entity, Bundle.Kind.MANIFEST, findings);
        if (element.grouping == null || element.restartOn == null || !isStability(element.stability)) {
            return Optional.empty();
        }
        mapping.addDependent(element);
        boolean same = findings.isEmpty() && mapping.dependents().stream().anyMatch(d -> ChangeDraft.same(d.dependency(), dependency));
        return Optional.of(element).filter(_ -> same);
    }

    Optional<NotificationElement> notification(PropertyGroup group) {
        NotificationElement element = new NotificationElement();
        String event = group.name().endsWith(NotificationMapping.FAULT_SUFFIX)
                ? group.name().substring(0, group.name().length() - NotificationMapping.FAULT_SUFFIX.length())
                : group.name();
        element.event = RemainingProperties.word(event);
        RemainingProperties rest = new RemainingProperties(group);
        for (Property active : group.properties().stream().filter(p -> p.name().endsWith(",active")).toList()) {
            String mechanism = active.name().substring(0, active.name().indexOf(','));
            element.mechanisms.add(mechanism(mechanism, rest));
        }
        boolean whole = rest.isEmpty() && !element.mechanisms.isEmpty();
        return Optional.of(element).filter(e -> whole && faithful(m -> m.addNotification(e), List.of(group)));
    }

    private static MechanismElement mechanism(String name, RemainingProperties rest) {
        MechanismElement element = new MechanismElement();
        element.name = name;
        element.active = rest.takeOrNull(name + ",active", ValueType.BOOLEAN);
        for (Property property : rest.takeBeginning(name + ",")) {
            String parameter = property.name().substring(name.length() + 1);
            if (property.values().size() == 1) {
                ParamvalElement one = new ParamvalElement();
                one.name = parameter;
                one.value = property.values().getFirst();
                element.parameters.add(one);
            } else {
                ParameterElement many = new ParameterElement();
                many.name = parameter;
                property.values().forEach(v -> many.values.add(RemainingProperties.word(v)));
                element.parameters.add(many);
            }
        }
        return element;
    }

    /// Any group, as it is.
    static PropertyGroupElement group(PropertyGroup group, RemainingProperties rest) {
        PropertyGroupElement element = new PropertyGroupElement();
        element.name = group.name();
        element.type = group.type();
        element.settings = rest.settings();
        return element;
    }

    static boolean isStability(dev.svc.manifest.document.WordElement wordOrNull) {
        return wordOrNull == null
                || List.of("Standard", "Stable", "Evolving", "Unstable", "External", "Obsolete").contains(wordOrNull.value);
    }
}
