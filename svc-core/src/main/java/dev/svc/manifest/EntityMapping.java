package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.fmri.Names;
import dev.svc.manifest.BundledGroup.Intent;
import dev.svc.manifest.BundledProperty.Precedence;
import dev.svc.manifest.document.DependencyElement;
import dev.svc.manifest.document.DependentElement;
import dev.svc.manifest.document.EntityElement;
import dev.svc.manifest.document.ExecMethodElement;
import dev.svc.manifest.document.InstanceElement;
import dev.svc.manifest.document.MethodContextElement;
import dev.svc.manifest.document.NotificationElement;
import dev.svc.manifest.document.PropertyGroupElement;
import dev.svc.manifest.document.RestarterElement;
import dev.svc.manifest.document.ServiceElement;
import dev.svc.manifest.document.WordElement;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the elements in a `service` or `instance` mean: each becomes a property group, or part of one.
final class EntityMapping {
    static final String GENERAL = "general";
    static final String METHOD_CONTEXT = "method_context";

    private final EntityFmri entity;
    private final Bundle.Kind kind;
    private final Findings findings;
    private final Map<String, GroupDraft> drafts = new LinkedHashMap<>();
    private final Map<String, BundledGroup> deletions = new LinkedHashMap<>();
    private final Map<String, Dependent> dependents = new LinkedHashMap<>();

    EntityMapping(EntityFmri entity, Bundle.Kind kind, Findings findings) {
        this.entity = entity;
        this.kind = kind;
        this.findings = findings;
    }

    /// The groups so far; a name that is both set and deleted is set.
    List<BundledGroup> groups() {
        List<BundledGroup> all = new ArrayList<>(drafts.values().stream().map(GroupDraft::group).toList());
        deletions.values().stream().filter(d -> !drafts.containsKey(d.name())).forEach(all::add);
        return all;
    }

    List<Dependent> dependents() {
        return List.copyOf(dependents.values());
    }

    void addService(ServiceElement service) {
        addEntity(service);
        if (service.singleInstance != null) {
            general(service.singleInstance.line).ifPresent(g -> g.add("single_instance", ValueType.BOOLEAN, "true",
                    service.singleInstance.line));
        }
        if (service.stability != null) {
            general(service.stability.line).ifPresent(g -> g.addStability("entity_stability", service.stability));
        }
        addTemplate(service, "restarter".equals(service.type));
        checkDependents();
    }

    void addInstance(InstanceElement instance) {
        addEntity(instance);
        addTemplate(instance, false);
        checkDependents();
    }

    void addEnabled(String enabled, int line) {
        general(line).ifPresent(g -> g.add("enabled", ValueType.BOOLEAN, enabled, line));
    }

    private void addEntity(EntityElement element) {
        if (element.restarter() != null) {
            addRestarter(element.restarter());
        }
        element.dependencies().forEach(this::addDependency);
        element.dependents().forEach(this::addDependent);
        if (element.methodContext() != null) {
            addContext(element.methodContext());
        }
        element.methods().forEach(this::addMethod);
        element.notifications().forEach(this::addNotification);
        element.groups().forEach(this::addGroup);
    }

    private void addTemplate(EntityElement element, boolean ofRestarter) {
        if (element.template() == null) {
            return;
        }
        if (kind == Bundle.Kind.PROFILE) {
            findings.add(element.template().line, "Template data for " + entity + " may not be modified in a profile");
            return;
        }
        templates().add(element.template(), ofRestarter);
    }

    TemplateMapping templates() {
        return new TemplateMapping(entity, this, findings);
    }

    void addNotification(NotificationElement element) {
        new NotificationMapping(entity, this, findings).add(element);
    }

    void addContext(MethodContextElement context) {
        draft(METHOD_CONTEXT, PropertyGroup.FRAMEWORK, context.line).ifPresent(g -> new MethodContextMapping(findings).add(context, g));
    }

    private void addRestarter(RestarterElement restarter) {
        WordElement fmri = restarter.fmri;
        try {
            InstanceFmri.parse(fmri.value);
            general(restarter.line).ifPresent(g -> g.add("restarter", ValueType.FMRI, fmri.value, fmri.line));
        } catch (InvalidFmriException e) {
            findings.add(fmri.line, "restarter: Invalid FMRI: " + e.getMessage());
        }
    }

    void addDependency(DependencyElement element) {
        String title = "dependency \"" + element.name + "\"";
        if (deleted(element.name, PropertyGroup.DEPENDENCY, element.delete, element.line)) {
            return;
        }
        if (!element.type.equals("service") && !element.type.equals("path")) {
            findings.add(element.line, title + ": type \"" + element.type + "\" is unknown; one of service, path");
            return;
        }
        element.fmris.forEach(f -> checkEntity(f, element.type, title));
        draft(element.name, PropertyGroup.DEPENDENCY, element.line).ifPresent(group -> {
            group.add("grouping", ValueType.ASTRING, element.grouping, element.line);
            group.add("restart_on", ValueType.ASTRING, element.restartOn, element.line);
            group.add("type", ValueType.ASTRING, element.type, element.line);
            List<String> valid = element.fmris.stream().map(f -> f.value).filter(f -> Fmri.tryParse(f).isPresent()).toList();
            group.add("entities", ValueType.FMRI, valid, element.line);
            group.addStability("stability", element.stability);
            group.addSettings(element.settings);
        });
    }

    private void checkEntity(WordElement fmri, String type, String title) {
        try {
            Fmri parsed = Fmri.parse(fmri.value);
            if (type.equals("path") && !(parsed instanceof FileFmri)) {
                findings.add(fmri.line,
                        title + ": \"" + fmri.value + "\" is not a file; a dependency of type path needs file://localhost/…");
            }
            if (type.equals("service") && !(parsed instanceof EntityFmri)) {
                findings.add(fmri.line, title + ": \"" + fmri.value + "\" is neither a service nor an instance; a dependency of type "
                        + "service needs svc:/…");
            }
        } catch (InvalidFmriException e) {
            findings.add(fmri.line, title + ": Invalid FMRI: " + e.getMessage());
        }
    }

    void addDependent(DependentElement element) {
        String title = "dependent \"" + element.name + "\"";
        EntityFmri target;
        try {
            Names.checkedName(element.name, "dependent");
            target = EntityFmri.parse(element.fmri.value);
        } catch (InvalidFmriException e) {
            findings.add(element.fmri.line, title + ": Invalid FMRI: " + e.getMessage());
            return;
        }
        GroupDraft group = new GroupDraft(element.name, Optional.of(PropertyGroup.DEPENDENCY), element.line, kind, findings);
        group.add("grouping", ValueType.ASTRING, element.grouping, element.line);
        group.add("restart_on", ValueType.ASTRING, element.restartOn, element.line);
        group.add("entities", ValueType.FMRI, entity.toString(), element.line);
        group.add("external", ValueType.BOOLEAN, "true", element.line);
        // Not "stability" as everywhere else: so it always was for dependents.
        group.addStability("entity_stability", element.stability);
        group.addSettings(element.settings);
        if (!group.has("type")) {
            group.add("type", ValueType.ASTRING, "service", element.line);
        }
        if (group.group().properties().stream().anyMatch(p -> p.type().isEmpty())) {
            findings.add(element.line, title + ": attribute type of a property is missing; nothing else could tell it");
            return;
        }
        Dependent dependent = new Dependent(element.name, target, group.group().group(),
                "true".equals(element.delete) ? Intent.DELETE : Intent.SET,
                "true".equals(element.override) ? Precedence.OVERRIDE : Precedence.ORDINARY, element.line);
        if (dependents.putIfAbsent(element.name, dependent) != null) {
            findings.add(element.line, "Multiple definitions of " + title + " in " + entity + "; one is allowed");
        }
    }

    void addMethod(ExecMethodElement element) {
        if (deleted(element.name, PropertyGroup.METHOD, element.delete, element.line)) {
            return;
        }
        draft(element.name, PropertyGroup.METHOD, element.line).ifPresent(group -> {
            group.add("type", ValueType.ASTRING, element.type, element.line);
            group.add("exec", ValueType.ASTRING, element.exec, element.line);
            group.add("timeout_seconds", ValueType.COUNT, element.timeout.strip(), element.line);
            if (element.context != null) {
                new MethodContextMapping(findings).add(element.context, group);
            }
            group.addStability("stability", element.stability);
            group.addSettings(element.settings);
        });
    }

    void addGroup(PropertyGroupElement element) {
        if (deleted(element.name, element.type, element.delete, element.line)) {
            return;
        }
        if (element.type == null && kind != Bundle.Kind.PROFILE) {
            findings.add(element.line, "property_group \"" + element.name + "\": attribute type is missing; a manifest needs it");
            return;
        }
        draft(element.name, Optional.ofNullable(element.type), element.line).ifPresent(group -> {
            group.addStability("stability", element.stability);
            group.addSettings(element.settings);
        });
    }

    private boolean deleted(String name, String typeOrNull, String deleteOrNull, int line) {
        if (!"true".equals(deleteOrNull)) {
            return false;
        }
        deletions.put(name, new BundledGroup(name, Optional.ofNullable(typeOrNull), List.of(), Intent.DELETE, line));
        return true;
    }

    private Optional<GroupDraft> general(int line) {
        return draft(GENERAL, PropertyGroup.FRAMEWORK, line);
    }

    /// The group of that name and type, new if there was none; empty, with a finding, if it cannot be.
    Optional<GroupDraft> draft(String name, String type, int line) {
        return draft(name, Optional.of(type), line);
    }

    private Optional<GroupDraft> draft(String name, Optional<String> type, int line) {
        try {
            Names.checkedName(name, "property group");
            type.ifPresent(t -> Names.checkedName(t, "property group type"));
        } catch (InvalidFmriException e) {
            findings.add(line, "property group \"" + name + "\": Invalid name: " + e.getMessage());
            return Optional.empty();
        }
        GroupDraft draft = drafts.computeIfAbsent(name, n -> new GroupDraft(n, type, line, kind, findings));
        if (!draft.accepts(type)) {
            findings.add(line, "Multiple definitions of property group \"" + name + "\" in " + entity + ", of different types; one type is "
                    + "allowed");
            return Optional.empty();
        }
        return Optional.of(draft);
    }

    /// Whether there is a group of that name.
    boolean has(String name) {
        return drafts.containsKey(name);
    }

    private void checkDependents() {
        for (Dependent dependent : dependents.values()) {
            if (drafts.containsKey(dependent.name())) {
                findings.add(dependent.line(), "dependent \"" + dependent.name() + "\": " + entity
                        + " has a property group of that name; the names of dependents must differ from those of its property groups");
            }
        }
    }
}
