package dev.svc.protocol;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.parsson.JsonProviderImpl;

/// The one codec for JSON lines: the control socket, labels and the journal are written and read by it.
///
/// A line is one JSON object in UTF-8 without any line feed inside. Usable from any thread.
public final class JsonLines {
    /// Longest line that is looked at, in bytes and without its line feed.
    public static final int LONGEST = 1 << 20;

    // Made directly: the lookup by ServiceLoader that Json.createX() does each time costs commands a good part of their start-up.
    private static final JsonProvider JSON = new JsonProviderImpl();

    private JsonLines() {}

    /// A builder of an object. A null given to it is a bug of the caller.
    public static JsonObjectBuilder object() {
        return JSON.createObjectBuilder();
    }

    /// A builder of an object that begins with the members of `object`.
    public static JsonObjectBuilder object(JsonObject object) {
        return JSON.createObjectBuilder(object);
    }

    /// A builder of an array.
    public static JsonArrayBuilder array() {
        return JSON.createArrayBuilder();
    }

    /// An array of texts, in their order.
    public static JsonArrayBuilder array(Iterable<String> texts) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (String text : texts) {
            array.add(text);
        }
        return array;
    }

    /// The object as one line, without a line feed; members are in the order they were added.
    public static String line(JsonObject object) {
        return object.toString();
    }

    /// The object as one line in UTF-8, with the line feed that ends it.
    public static byte[] bytes(JsonObject object) {
        return (object + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The object that `line` is.
    ///
    /// @param line UTF-8, without a line feed
    /// @throws MalformedLineException if it is too long, not UTF-8, or anything else than one JSON object
    public static JsonObject parse(byte[] line) throws MalformedLineException {
        if (line.length > LONGEST) {
            throw MalformedLineException.tooLong(LONGEST);
        }
        try {
            return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
        } catch (CharacterCodingException _) {
            throw new MalformedLineException("not UTF-8");
        }
    }

    /// The object that `line` is.
    ///
    /// @throws MalformedLineException if it is too long, or anything else than one JSON object
    public static JsonObject parse(String line) throws MalformedLineException {
        if (line.length() > LONGEST) {
            throw MalformedLineException.tooLong(LONGEST);
        }
        try (JsonParser parser = JSON.createParser(new StringReader(line))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new MalformedLineException("not a JSON object");
            }
            JsonObject object = parser.getObject();
            // Asking for more is what notices anything behind the object.
            parser.hasNext();
            return object;
        } catch (JsonException e) {
            throw new MalformedLineException("not JSON: " + e.getMessage());
        } catch (RuntimeException e) {
            // Parsson says with a bare RuntimeException that the nesting is too deep.
            throw new MalformedLineException("not JSON that can be read: " + e.getMessage());
        }
    }
}
