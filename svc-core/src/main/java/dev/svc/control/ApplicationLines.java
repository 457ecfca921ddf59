package dev.svc.control;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/// The application properties of an instance with what templates say of them (`svcs -lv`): running values, without those that
/// a template hides or the asker may not read.
record ApplicationLines(Model model, Rights rights) {
    JsonArrayBuilder of(InstanceFmri fmri) {
        List<PropertyGroup> running = model.running(fmri);
        JsonArrayBuilder groups = JsonLines.array();
        for (PropertyGroup group : running) {
            if (group.type().equals(PropertyGroup.APPLICATION)) {
                groups.add(group(fmri, group, running));
            }
        }
        return groups;
    }

    private JsonObjectBuilder group(InstanceFmri fmri, PropertyGroup group, List<PropertyGroup> running) {
        boolean readable = new Demands(model).reading(fmri, group).map(rights::meet).orElse(true);
        JsonArrayBuilder properties = JsonLines.array();
        for (Property property : group.properties()) {
            Optional<PropertyGroup> template = template(group, property, running);
            if (template.flatMap(t -> t.value("visibility")).filter("hidden"::equals).isEmpty()) {
                JsonObjectBuilder line = JsonLines.object().add("name", property.name()).add("type", property.type().typeName())
                        .add("values", JsonLines.array(readable ? property.values() : List.of()));
                description(template).ifPresent(text -> line.add("description", text));
                properties.add(line);
            }
        }
        JsonObjectBuilder line = JsonLines.object().add("name", group.name()).add("type", group.type());
        description(template(group, running)).ifPresent(text -> line.add("description", text));
        return line.add("properties", properties);
    }

    /// The template of a group: the one for its name and type, then for its name, then for its type, then for any.
    private static Optional<PropertyGroup> template(PropertyGroup group, List<PropertyGroup> running) {
        return patterns(group).stream().flatMap(pattern -> named("tm_pgpat" + pattern, running).stream()).findFirst();
    }

    private static Optional<PropertyGroup> template(PropertyGroup group, Property property, List<PropertyGroup> running) {
        return patterns(group).stream().flatMap(pattern -> named("tm_proppat_" + pattern + "_" + property.name(), running).stream())
                .findFirst();
    }

    private static List<String> patterns(PropertyGroup group) {
        return List.of("nt_" + group.name(), "n_" + group.name(), "t_" + group.type(), "_");
    }

    private static Optional<PropertyGroup> named(String name, List<PropertyGroup> groups) {
        return groups.stream().filter(g -> g.name().equals(name)).findFirst();
    }

    private static Optional<String> description(Optional<PropertyGroup> template) {
        return template.flatMap(t -> t.value("description_C")).filter(text -> !text.isEmpty());
    }
}
