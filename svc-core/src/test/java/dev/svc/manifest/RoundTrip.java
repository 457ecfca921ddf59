package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an export keeps.
final class RoundTrip {
    private RoundTrip() {}

    /// Asserts that `service`, exported from `model` and imported where nothing is, is what it was.
    static void assertKept(ServiceFmri service, Model model) {
        String xml = BundleExport.of(service, model);
        Model again = imported(xml);
        assertEquals(content(service, model), content(service, again), xml);
        assertEquals(BundleExport.of(service, again), xml);
    }

    static Model imported(String xml) {
        try {
            Bundle bundle = ServiceBundles.read("export.xml", xml.getBytes(StandardCharsets.UTF_8));
            BundleImport outcome = BundleImport.of(bundle, Model.EMPTY, 0);
            assertEquals(List.of(), outcome.warnings());
            return Model.EMPTY.with(outcome.change());
        } catch (BundleException e) {
            return fail(e.getMessage() + "\n" + xml, e);
        }
    }

    /// What belongs to a service: its own groups and its instances', and what they put into others; in an order of its own.
    static String content(ServiceFmri service, Model model) {
        List<EntityFmri> entities = new ArrayList<>(List.of(service));
        entities.addAll(model.instances(service));
        StringBuilder text = new StringBuilder();
        for (EntityFmri entity : entities) {
            Map<String, String> groups = new TreeMap<>();
            for (PropertyGroup group : model.own(entity)) {
                if (!group.name().equals(ManifestFiles.NAME) && !DependentsGroup.isExternal(group)) {
                    groups.put(group.name(), text(group));
                }
            }
            for (DependentsGroup.Entry entry : DependentsGroup.of(entity, model)) {
                model.own(entry.target(), entry.name()).ifPresent(g -> groups.put("in " + entry.target() + " " + entry.name(), text(g)));
            }
            if (!groups.isEmpty()) {
                text.append(entity).append('\n');
                groups.forEach((name, group) -> text.append("  ").append(name).append(' ').append(group).append('\n'));
            }
        }
        return text.toString();
    }

    private static String text(PropertyGroup group) {
        TreeSet<String> properties = new TreeSet<>();
        for (Property property : group.properties()) {
            properties.add(property.name() + " " + property.type().typeName() + " " + property.values());
        }
        return group.type() + " " + properties;
    }
}
