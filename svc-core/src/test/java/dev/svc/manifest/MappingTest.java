package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What each element becomes: `everything.xml` has them all, `everything.txt` says what they mean.
class MappingTest {
    private static String resource(String name) throws IOException {
        try (InputStream in = MappingTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Model everything() throws Exception {
        Bundle bundle = ServiceBundles.read("everything.xml", resource("everything.xml").getBytes(StandardCharsets.UTF_8));
        return Model.EMPTY.with(BundleImport.of(bundle.from("/lib/svc/manifest/site/everything.xml"), Model.EMPTY, 0).change());
    }

    @Test void everyElementMeansWhatIsWritten() throws Exception {
        assertEquals(resource("everything.txt"), text(everything()));
    }

    @Test void everyElementAndAttributeOfTheGrammarIsThere() throws Exception {
        String document = resource("everything.xml");
        Set<String> missing = new TreeSet<>();
        for (Grammar.Declaration element : Grammar.shipped().elements().values()) {
            if (element.name().startsWith("xi:")) {
                continue;
            }
            var matcher = java.util.regex.Pattern.compile("<" + element.name() + "(\\s[^>]*)?/?>").matcher(document);
            List<String> tags = matcher.results().map(r -> r.group()).toList();
            if (tags.isEmpty()) {
                missing.add(element.name());
            }
            for (String attribute : element.attributes().keySet()) {
                if (tags.stream().noneMatch(t -> t.contains(" " + attribute + "="))) {
                    missing.add(element.name() + "@" + attribute);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test void everythingSurvivesExportAndImport() throws Exception {
        Model model = everything();
        for (ServiceFmri service : model.services()) {
            RoundTrip.assertKept(service, model);
        }
    }

    @Test void exportUsesElementsNotPlainGroups() throws Exception {
        String xml = BundleExport.of(new ServiceFmri("site/everything"), everything());
        for (String element : List.of("<dependency ", "<dependent ", "<method_context ", "<method_profile ", "<method_credential ",
                "<envvar ", "<notification_parameters>", "<pg_pattern ", "<prop_pattern ", "<internal_separators>, ;</", "<manpage ",
                "<doc_link ", "<create_default_instance enabled='false'/>", "<single_instance/>", "<restarter>",
                "<range min='-3' max='-1'/>",
                "<include_values type='values'/>")) {
            assertTrue(xml.contains(element), element + "\n" + xml);
        }
        assertTrue(!xml.contains("type='template") && !xml.contains("type='dependency'") && !xml.contains("type='method' name='"
                + "property") && !xml.contains("notify_params"), xml);
    }

    private static String text(Model model) {
        StringBuilder text = new StringBuilder();
        for (ServiceFmri service : model.services()) {
            List<EntityFmri> entities = new ArrayList<>(List.of(service));
            entities.addAll(model.instances(service));
            for (EntityFmri entity : entities) {
                text.append(entity).append('\n');
                for (PropertyGroup group : model.own(entity)) {
                    text.append("  ").append(group.name()).append(' ').append(group.type()).append('\n');
                    for (Property property : group.properties()) {
                        text.append("    ").append(property.name()).append(' ').append(property.type().typeName());
                        property.values().forEach(v -> text.append(" \"").append(v.replace("\n", "\\n")).append('"'));
                        text.append('\n');
                    }
                }
            }
        }
        return text.toString();
    }
}
