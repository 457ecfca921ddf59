package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.manifest.document.DefaultInstanceElement;
import dev.svc.manifest.document.EmptyElement;
import dev.svc.manifest.document.EntityElement;
import dev.svc.manifest.document.InstanceElement;
import dev.svc.manifest.document.MethodContextElement;
import dev.svc.manifest.document.RestarterElement;
import dev.svc.manifest.document.ServiceBundleElement;
import dev.svc.manifest.document.ServiceElement;
import dev.svc.manifest.document.TemplateElement;
import dev.svc.model.Model;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import jakarta.xml.bind.JAXBException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes services as manifests.
public final class BundleExport {
    private final Model model;

    private BundleExport(Model model) {
        this.model = model;
    }

    /// The manifest that says what `model` now has of `service`, all layers composed; left out is what others put there (external
    /// dependencies) and where it came from (`manifestfiles`).
    public static String of(ServiceFmri service, Model model) {
        ServiceBundleElement bundle = new ServiceBundleElement();
        bundle.type = Bundle.Kind.MANIFEST.word();
        bundle.name = "export";
        bundle.services.add(new BundleExport(model).service(service));
        BundleText text = new BundleText();
        try {
            ServiceBundles.Jaxb.CONTEXT.createMarshaller().marshal(bundle, text);
        } catch (JAXBException e) {
            throw new IllegalStateException(service + " cannot be written", e);
        }
        return text.toString();
    }

    private ServiceElement service(ServiceFmri fmri) {
        ServiceElement element = new ServiceElement();
        element.name = fmri.name();
        element.version = "0";
        List<PropertyGroup> plain = new ArrayList<>();
        for (PropertyGroup group : groups(fmri)) {
            if (isGeneral(group)) {
                RemainingProperties rest = new RemainingProperties(group);
                element.restarter = restarter(rest);
                if (group.truth("single_instance").orElse(false)) {
                    rest.takeOrNull("single_instance", ValueType.BOOLEAN);
                    element.singleInstance = new EmptyElement();
                }
                if (group.value("entity_stability").filter(s -> EntityElements.isStability(RemainingProperties.word(s))).isPresent()) {
                    element.stability = rest.takeWordOrNull("entity_stability");
                }
                addRest(element, group, rest);
            } else {
                plain.add(group);
            }
        }
        element.template = common(fmri, element, plain).orElse(null);
        element.type = element.template != null && element.template.patterns.stream().anyMatch(p -> "delegate".equals(p.target))
                ? "restarter"
                : "service";
        model.instances(fmri).forEach(i -> addInstance(element, i));
        return element;
    }

    private void addInstance(ServiceElement service, InstanceFmri fmri) {
        List<PropertyGroup> groups = groups(fmri);
        Optional<String> enabled = model.enabled(fmri).map(String::valueOf);
        if (groups.isEmpty()) {
            // Others depend on it or made it depend on them; nobody has defined it.
            return;
        }
        boolean bare = groups.size() == 1 && isGeneral(groups.getFirst()) && groups.getFirst().properties().size() == 1;
        if (fmri.instance().equals("default") && bare && enabled.isPresent()) {
            service.defaultInstance = new DefaultInstanceElement();
            service.defaultInstance.enabled = enabled.get();
            return;
        }
        InstanceElement element = new InstanceElement();
        element.name = fmri.instance();
        element.enabled = enabled.orElse("false");
        List<PropertyGroup> plain = new ArrayList<>();
        for (PropertyGroup group : groups) {
            if (isGeneral(group)) {
                RemainingProperties rest = new RemainingProperties(group);
                rest.takeOrNull("enabled", ValueType.BOOLEAN);
                element.restarter = restarter(rest);
                addRest(element, group, rest);
            } else {
                plain.add(group);
            }
        }
        element.template = common(fmri, element, plain).orElse(null);
        service.instances.add(element);
    }

    /// Adds what services and instances have alike; yields the template.
    private Optional<TemplateElement> common(EntityFmri fmri, EntityElement element, List<PropertyGroup> groups) {
        EntityElements elements = new EntityElements(fmri);
        TemplateElements templates = new TemplateElements(fmri, groups);
        Optional<TemplateElement> template = templates.template();
        for (PropertyGroup group : templates.left()) {
            switch (group.type()) {
                case PropertyGroup.DEPENDENCY -> elements.dependency(group)
                        .ifPresentOrElse(element.dependencies()::add, () -> addWhole(element, group));
                case PropertyGroup.METHOD -> elements.method(group)
                        .filter(m -> m.context == null || EntityElements.isWhole(m.context))
                        .ifPresentOrElse(element.methods()::add, () -> addWhole(element, group));
                case NotificationMapping.TYPE -> elements.notification(group)
                        .ifPresentOrElse(element.notifications()::add, () -> addWhole(element, group));
                case PropertyGroup.FRAMEWORK -> addFramework(elements, element, group);
                default -> addWhole(element, group);
            }
        }
        for (DependentsGroup.Entry entry : DependentsGroup.of(fmri, model)) {
            model.own(entry.target(), entry.name()).filter(g -> DependentsGroup.isFrom(fmri, g))
                    .flatMap(g -> elements.dependent(entry, g)).ifPresent(element.dependents()::add);
        }
        return template;
    }

    private static void addFramework(EntityElements elements, EntityElement element, PropertyGroup group) {
        RemainingProperties rest = new RemainingProperties(group);
        Optional<MethodContextElement> context = group.name().equals(EntityMapping.METHOD_CONTEXT)
                ? elements.context(rest).filter(EntityElements::isWhole)
                : Optional.empty();
        boolean whole = rest.isEmpty()
                && context.filter(c -> elements.faithful(m -> m.addContext(c), List.of(group))).isPresent();
        if (whole) {
            element.setMethodContext(context.get());
        } else {
            addWhole(element, group);
        }
    }

    private static void addRest(EntityElement element, PropertyGroup group, RemainingProperties rest) {
        if (!rest.isEmpty()) {
            element.groups().add(EntityElements.group(group, rest));
        }
    }

    private static void addWhole(EntityElement element, PropertyGroup group) {
        element.groups().add(EntityElements.group(group, new RemainingProperties(group)));
    }

    private static RestarterElement restarter(RemainingProperties rest) {
        String fmri = rest.takeOrNull("restarter", ValueType.FMRI);
        if (fmri == null) {
            return null;
        }
        RestarterElement element = new RestarterElement();
        element.fmri = RemainingProperties.word(fmri);
        return element;
    }

    private static boolean isGeneral(PropertyGroup group) {
        return group.name().equals(EntityMapping.GENERAL) && group.type().equals(PropertyGroup.FRAMEWORK);
    }

    /// The groups the entity itself has.
    private List<PropertyGroup> groups(EntityFmri fmri) {
        return model.own(fmri).stream().filter(g -> !g.name().equals(ManifestFiles.NAME) && !DependentsGroup.isExternal(g))
                .filter(g -> !g.name().equals(DependentsGroup.NAME)).toList();
    }
}
