package dev.svc.repository;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what [Content] writes. Equal parts become one object: thousands of instances made from one template share its properties,
/// and the snapshots of an instance share their groups.
///
/// Malformed content is an [IllegalArgumentException] or [jakarta.json.JsonException]; content whose hash holds never is.
final class ContentReader {
    private static final JsonParserFactory PARSERS = Content.JSON.createParserFactory(Map.of());

    /// So many contents are remembered; more are read again, or memory would hold each twice while a big repository is read.
    private static final int MOST_BODIES = 4096;

    private final Map<Object, Object> shared = new HashMap<>();
    private final Map<String, EntityFmri> entities = new HashMap<>();
    private final Map<String, Body> bodies = new HashMap<>();
    private String lastSnapshotContent = "";
    private Levels lastSnapshot = new Levels(List.of(), List.of());

    private record Body(List<Property> properties, Set<String> masks, LayerGroup.Masking masking) {}

    private record Levels(List<PropertyGroup> instance, List<PropertyGroup> service) {}

    LayerGroup group(String entity, String layer, String name, String type, String content) {
        Body body = bodies.get(content);
        if (body == null) {
            body = body(content);
            if (bodies.size() < MOST_BODIES) {
                bodies.put(content, body);
            }
        }
        return new LayerGroup(
                entity(entity),
                Layer.named(layer).orElseThrow(() -> new IllegalArgumentException("there is no layer \"" + layer + "\"")),
                one(new PropertyGroup(one(name), one(type), body.properties)),
                body.masks,
                body.masking);
    }

    Snapshot snapshot(String instance, String name, String content) {
        // The snapshots of one instance follow each other and are mostly the same.
        if (!content.equals(lastSnapshotContent)) {
            lastSnapshot = levels(content);
            lastSnapshotContent = content;
        }
        if (!(entity(instance) instanceof InstanceFmri fmri)) {
            throw new IllegalArgumentException("\"" + instance + "\" is not an instance");
        }
        return new Snapshot(fmri, one(name), lastSnapshot.instance, lastSnapshot.service);
    }

    EntityFmri entity(String text) {
        return entities.computeIfAbsent(text, EntityFmri::parse);
    }

    private Body body(String content) {
        List<Property> properties = List.of();
        Set<String> masks = Set.of();
        LayerGroup.Masking masking = LayerGroup.Masking.NONE;
        try (JsonParser json = PARSERS.createParser(new StringReader(content))) {
            expect(json, JsonParser.Event.START_OBJECT);
            while (json.next() == JsonParser.Event.KEY_NAME) {
                switch (json.getString()) {
                    case "properties" -> {
                        expect(json, JsonParser.Event.START_ARRAY);
                        properties = properties(json);
                    }
                    case "masks" -> masks = Set.copyOf(masks(json));
                    case "hides" -> {
                        expect(json, JsonParser.Event.VALUE_TRUE);
                        masking = LayerGroup.Masking.WHOLE_GROUP;
                    }
                    default -> throw new IllegalArgumentException("member \"" + json.getString() + "\" of a property group is unknown");
                }
            }
        }
        return new Body(one(properties), masks, masking);
    }

    private Levels levels(String content) {
        Map<String, List<PropertyGroup>> levels = new HashMap<>();
        try (JsonParser json = PARSERS.createParser(new StringReader(content))) {
            expect(json, JsonParser.Event.START_OBJECT);
            while (json.next() == JsonParser.Event.KEY_NAME) {
                levels.put(json.getString(), level(json));
            }
        }
        return new Levels(levels.getOrDefault("instance", List.of()), levels.getOrDefault("service", List.of()));
    }

    private List<PropertyGroup> level(JsonParser json) {
        expect(json, JsonParser.Event.START_ARRAY);
        List<PropertyGroup> groups = new ArrayList<>();
        while (json.next() == JsonParser.Event.START_ARRAY) {
            String name = string(json);
            String type = string(json);
            groups.add(one(new PropertyGroup(name, type, one(properties(json)))));
        }
        return List.copyOf(groups);
    }

    private Set<String> masks(JsonParser json) {
        expect(json, JsonParser.Event.START_ARRAY);
        Set<String> masks = new HashSet<>();
        while (json.next() == JsonParser.Event.VALUE_STRING) {
            masks.add(one(json.getString()));
        }
        return masks;
    }

    /// The properties up to the end of the array that the parser is in.
    private List<Property> properties(JsonParser json) {
        List<Property> properties = new ArrayList<>();
        while (json.next() == JsonParser.Event.START_ARRAY) {
            String name = string(json);
            String type = string(json);
            List<String> values = new ArrayList<>(1);
            while (json.next() == JsonParser.Event.VALUE_STRING) {
                values.add(json.getString());
            }
            ValueType known = ValueType.named(type)
                    .orElseThrow(() -> new IllegalArgumentException("there is no value type \"" + type + "\""));
            properties.add(one(new Property(name, known, values)));
        }
        return List.copyOf(properties);
    }

    private static String string(JsonParser json) {
        expect(json, JsonParser.Event.VALUE_STRING);
        return json.getString();
    }

    private static void expect(JsonParser json, JsonParser.Event event) {
        JsonParser.Event found = json.next();
        if (found != event) {
            throw new IllegalArgumentException(event + " was expected where " + found + " stands");
        }
    }

    /// The first object equal to `value` that was read.
    @SuppressWarnings("unchecked") // the map's values are equal to their keys, hence of their type
    private <T> T one(T value) {
        Object known = shared.putIfAbsent(value, value);
        return known == null ? value : (T) known;
    }
}
