package dev.svc.repository;

import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.parsson.JsonProviderImpl;

/// The JSON that the content columns hold; the journal's lines embed the same.
///
/// ```
/// property group   {"properties":[["port","count","80"],["tags","astring"]],"masks":["old"],"hides":true}
/// snapshot         {"instance":[["config","application",["port","count","80"]]],"service":[]}
/// ```
///
/// A property is its name, type and values. `masks` are the properties of lower layers that this layer hides, sorted; `hides` says that
/// it hides the whole group; both are left out if there are none. The order of everything else is the model's, so that equal models have
/// equal content.
final class Content {
    // Made directly, as dev.svc.protocol.JsonLines does: looking it up costs a start some milliseconds.
    static final JsonProvider JSON = new JsonProviderImpl();
    private static final JsonGeneratorFactory GENERATORS = JSON.createGeneratorFactory(Map.of());

    private Content() {}

    static String of(LayerGroup group) {
        return text(json -> write(json, group));
    }

    static String of(Snapshot snapshot) {
        return text(json -> write(json, snapshot));
    }

    /// What `writing` wrote, as one line.
    static String text(Consumer<JsonGenerator> writing) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            writing.accept(json);
        }
        return text.toString();
    }

    static void write(JsonGenerator json, LayerGroup group) {
        json.writeStartObject();
        json.writeStartArray("properties");
        properties(json, group.group().properties());
        json.writeEnd();
        if (!group.maskedProperties().isEmpty()) {
            json.writeStartArray("masks");
            group.maskedProperties().stream().sorted().forEach(json::write);
            json.writeEnd();
        }
        if (group.masking() == LayerGroup.Masking.WHOLE_GROUP) {
            json.write("hides", true);
        }
        json.writeEnd();
    }

    static void write(JsonGenerator json, Snapshot snapshot) {
        json.writeStartObject();
        level(json, "instance", snapshot.instanceLevel());
        level(json, "service", snapshot.serviceLevel());
        json.writeEnd();
    }

    private static void level(JsonGenerator json, String name, List<PropertyGroup> groups) {
        json.writeStartArray(name);
        for (PropertyGroup group : groups) {
            json.writeStartArray();
            json.write(group.name());
            json.write(group.type());
            properties(json, group.properties());
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void properties(JsonGenerator json, List<Property> properties) {
        for (Property property : properties) {
            json.writeStartArray();
            json.write(property.name());
            json.write(property.type().typeName());
            property.values().forEach(json::write);
            json.writeEnd();
        }
    }
}
