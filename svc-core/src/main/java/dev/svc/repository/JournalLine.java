package dev.svc.repository;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Sequence;
import dev.svc.model.Snapshot;
import dev.svc.protocol.NewerVersionException;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/// One change in the journal. The members stand in this order:
///
/// ```
/// {"crc":"1f2e3d4c",           CRC-32C of all that follows the comma
///  "version":1,                of this form; 1 if it is left out
///  "previous":"0a1b2c3d",      crc of the line before, also across segments: a spliced or missing line shows; 00000000 begins anew
///  "epoch":"3.a1b2c3d4","after":41,"sequence":42,    the change before, and this one
///  "time":"2026-11-23T08:00:00Z","by":0,"what":"enable svc:/network/ssh:default",
///  "put":[{"entity":"svc:/network/ssh:default","layer":"admin","name":"general","type":"framework","content":{..}}],
///  "delete":[{"entity":"svc:/a:b","layer":"admin","name":"config"}],
///  "snapshots":[{"instance":"svc:/a:b","names":["running","start"],"content":{..}}],
///  "drop":[{"instance":"svc:/a:b","name":"previous"}]}
/// ```
///
/// The last four are left out if empty; `content` is as [Content] writes it. Values are absolute: replaying a line twice, or after a gap,
/// does no harm.
///
/// @param after the number of the change before it in the same epoch
/// @param crc its checksum, eight hexadecimal digits
/// @param text the line without its end; empty if nobody wanted it
record JournalLine(Sequence sequence, long after, String crc, String previous, String time, int by, String what, String text) {
    private static final int VERSION = 1;
    /// What `previous` says where a chain begins.
    static final String NO_CRC = "00000000";
    static final String BEGINNING = "{\"crc\":\"";
    /// Within so many bytes the members up to `what` mostly end.
    private static final int USUAL_PREFIX = 512;
    private static final Set<String> MEMBERS = Set.of("crc", "previous", "epoch", "after", "sequence", "time", "by", "what");
    private static final JsonParserFactory PARSERS = Content.JSON.createParserFactory(Map.of());

    /// Length of `{"crc":"12345678",`.
    static final int HEAD = BEGINNING.length() + NO_CRC.length() + 2;

    /// The line of a change that is about to be recorded.
    static JournalLine of(Numbered numbered, long after, String previous, Instant time) {
        Change change = numbered.change();
        String body = Content.text(json -> write(json, numbered, after, previous, time)).substring(1);
        String crc = crc(body.getBytes(StandardCharsets.UTF_8), 0, -1);
        return new JournalLine(
                numbered.sequence(),
                after,
                crc,
                previous,
                time.toString(),
                change.by(),
                change.what(),
                BEGINNING + crc + "\"," + body);
    }

    private static void write(JsonGenerator json, Numbered numbered, long after, String previous, Instant time) {
        Change change = numbered.change();
        json.writeStartObject();
        json.write("version", VERSION);
        json.write("previous", previous);
        json.write("epoch", Epoch.of(numbered.sequence()).toString());
        json.write("after", after);
        json.write("sequence", numbered.sequence().number());
        json.write("time", time.toString());
        json.write("by", change.by());
        json.write("what", change.what());
        if (!change.put().isEmpty()) {
            json.writeStartArray("put");
            change.put().forEach(group -> put(json, group));
            json.writeEnd();
        }
        if (!change.delete().isEmpty()) {
            json.writeStartArray("delete");
            change.delete().forEach(key -> delete(json, key));
            json.writeEnd();
        }
        if (!change.putSnapshots().isEmpty()) {
            json.writeStartArray("snapshots");
            alike(change.putSnapshots()).forEach((first, names) -> snapshot(json, first, names));
            json.writeEnd();
        }
        if (!change.deleteSnapshots().isEmpty()) {
            json.writeStartArray("drop");
            change.deleteSnapshots().forEach(
                    key -> json.writeStartObject().write("instance", key.instance().toString()).write("name", key.name()).writeEnd());
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void put(JsonGenerator json, LayerGroup group) {
        json.writeStartObject();
        json.write("entity", group.entity().toString());
        json.write("layer", group.layer().layerName());
        json.write("name", group.group().name());
        json.write("type", group.group().type());
        json.writeKey("content");
        Content.write(json, group);
        json.writeEnd();
    }

    private static void delete(JsonGenerator json, LayerGroup.Key key) {
        json.writeStartObject();
        json.write("entity", key.entity().toString());
        json.write("layer", key.layer().layerName());
        json.write("name", key.group());
        json.writeEnd();
    }

    /// Snapshots of one instance that differ in name only are written once: an import makes three.
    private static Map<Snapshot, List<String>> alike(List<Snapshot> snapshots) {
        Map<Snapshot, List<String>> alike = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            Snapshot nameless = new Snapshot(snapshot.instance(), "", snapshot.instanceLevel(), snapshot.serviceLevel());
            alike.computeIfAbsent(nameless, _ -> new ArrayList<>()).add(snapshot.name());
        }
        return alike;
    }

    private static void snapshot(JsonGenerator json, Snapshot snapshot, List<String> names) {
        json.writeStartObject();
        json.write("instance", snapshot.instance().toString());
        json.writeStartArray("names");
        names.forEach(json::write);
        json.writeEnd();
        json.writeKey("content");
        Content.write(json, snapshot);
        json.writeEnd();
    }

    /// The line that stands in `bytes` from `from` to `to`, if its checksum holds; with its text if it is `wanted`.
    ///
    /// @throws NewerVersionException if its checksum holds and it is of a newer version
    static Optional<JournalLine> parse(byte[] bytes, int from, int to, Predicate<Sequence> wanted) {
        if (to - from <= HEAD) {
            return Optional.empty();
        }
        String head = new String(bytes, from, HEAD, StandardCharsets.ISO_8859_1);
        String claimed = head.substring(BEGINNING.length(), BEGINNING.length() + NO_CRC.length());
        if (!head.equals(BEGINNING + claimed + "\",") || !crc(bytes, from + HEAD, to).equals(claimed)) {
            return Optional.empty();
        }
        int prefix = Math.min(to - from, USUAL_PREFIX);
        Map<String, String> members = members(new String(bytes, from, prefix, StandardCharsets.UTF_8));
        if (!members.keySet().containsAll(MEMBERS) && prefix < to - from) {
            members = members(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        return line(members, sequence -> wanted.test(sequence) ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : "");
    }

    /// The members up to `what`: journals are long, and of most lines no more is asked.
    private static Map<String, String> members(String text) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser json = PARSERS.createParser(new StringReader(text))) {
            json.next();
            while (!members.containsKey("what") && json.next() == JsonParser.Event.KEY_NAME) {
                String member = json.getString();
                json.next();
                members.put(member, json.getString());
            }
        } catch (JsonException | IllegalStateException | NoSuchElementException _) {
            // The prefix ends within them; or it is no line of ours.
            members.remove("what");
        }
        return members;
    }

    private static Optional<JournalLine> line(Map<String, String> members, Function<Sequence, String> text) {
        if (!members.keySet().containsAll(MEMBERS)) {
            return Optional.empty();
        }
        String version = members.getOrDefault("version", "1");
        NewerVersionException.refuseNewer("change " + members.get("sequence") + " of the journal", Long.parseLong(version), VERSION);
        return Epoch.parse(members.get("epoch")).map(e -> e.number(Long.parseLong(members.get("sequence")))).map(
                sequence -> new JournalLine(
                        sequence,
                        Long.parseLong(members.get("after")),
                        members.get("crc"),
                        members.get("previous"),
                        members.get("time"),
                        Integer.parseInt(members.get("by")),
                        members.get("what"),
                        text.apply(sequence)));
    }

    /// The change that the line records; nothing if this version does not understand it.
    Optional<Numbered> understood(ContentReader contents) {
        try {
            return Optional.of(numbered(contents));
        } catch (JsonException | IllegalArgumentException | ClassCastException | NullPointerException _) {
            // Members that are missing or of another type: Jakarta JSON says so with the last two.
            return Optional.empty();
        }
    }

    private Numbered numbered(ContentReader contents) {
        JsonObject line = object(text);
        List<LayerGroup> put = new ArrayList<>();
        for (JsonObject group : objects(line, "put")) {
            put.add(
                    contents.group(
                            group.getString("entity"),
                            group.getString("layer"),
                            group.getString("name"),
                            group.getString("type"),
                            group.get("content").toString()));
        }
        List<LayerGroup.Key> delete = new ArrayList<>();
        for (JsonObject key : objects(line, "delete")) {
            Layer layer = Layer.named(key.getString("layer")).orElseThrow(() -> new IllegalArgumentException("unknown layer in " + key));
            delete.add(new LayerGroup.Key(contents.entity(key.getString("entity")), layer, key.getString("name")));
        }
        List<Snapshot> snapshots = new ArrayList<>();
        for (JsonObject shot : objects(line, "snapshots")) {
            String content = shot.get("content").toString();
            for (JsonString name : shot.getJsonArray("names").getValuesAs(JsonString.class)) {
                snapshots.add(contents.snapshot(shot.getString("instance"), name.getString(), content));
            }
        }
        List<Snapshot.Key> drop = new ArrayList<>();
        for (JsonObject key : objects(line, "drop")) {
            drop.add(new Snapshot.Key(InstanceFmri.parse(key.getString("instance")), key.getString("name")));
        }
        return new Numbered(sequence, new Change(what, by, put, delete, snapshots, drop));
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Content.JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static List<JsonObject> objects(JsonObject line, String member) {
        JsonValue value = line.getOrDefault(member, JsonArray.EMPTY_JSON_ARRAY);
        return value.asJsonArray().getValuesAs(JsonObject.class);
    }

    private static String crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, (to < 0 ? bytes.length : to) - from);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
