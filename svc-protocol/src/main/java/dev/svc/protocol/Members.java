package dev.svc.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The members of a JSON object that somebody else wrote, read with their types checked. A member with the value null is absent.
// No pattern switches here: linking one costs each command a millisecond of start-up.
public record Members(JsonObject object) {
    /// @throws MalformedLineException if the member is absent or not a text
    public String text(String name) throws MalformedLineException {
        return tryText(name).orElseThrow(() -> absent(name));
    }

    /// The text, or nothing if the member is absent.
    ///
    /// @throws MalformedLineException if it is not a text
    public Optional<String> tryText(String name) throws MalformedLineException {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw wrong(name, "a text");
    }

    /// Whether the member is true; an absent one is not.
    ///
    /// @throws MalformedLineException if it is neither true nor false
    public boolean truth(String name) throws MalformedLineException {
        return tryTruth(name).orElse(false);
    }

    /// The truth value, or nothing if the member is absent.
    ///
    /// @throws MalformedLineException if it is neither true nor false
    public Optional<Boolean> tryTruth(String name) throws MalformedLineException {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
            return Optional.of(value == JsonValue.TRUE);
        }
        throw wrong(name, "true or false");
    }

    /// @throws MalformedLineException if the member is absent or not a whole number of 64 bits
    public long number(String name) throws MalformedLineException {
        return tryNumber(name).orElseThrow(() -> absent(name));
    }

    /// The number, or nothing if the member is absent.
    ///
    /// @throws MalformedLineException if it is not a whole number of 64 bits
    public OptionalLong tryNumber(String name) throws MalformedLineException {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonNumber number) {
            return OptionalLong.of(whole(name, number));
        }
        throw wrong(name, "a number");
    }

    /// The texts of an array; none if the member is absent.
    ///
    /// @throws MalformedLineException if it is not an array of texts
    public List<String> texts(String name) throws MalformedLineException {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (!(value instanceof JsonString text)) {
                throw wrong(name, "an array of texts");
            }
            texts.add(text.getString());
        }
        return List.copyOf(texts);
    }

    /// The whole numbers of an array; none if the member is absent.
    ///
    /// @throws MalformedLineException if it is not an array of whole numbers of 64 bits
    public List<Long> numbers(String name) throws MalformedLineException {
        List<Long> numbers = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (!(value instanceof JsonNumber number)) {
                throw wrong(name, "an array of numbers");
            }
            numbers.add(whole(name, number));
        }
        return List.copyOf(numbers);
    }

    /// The objects of an array; none if the member is absent.
    ///
    /// @throws MalformedLineException if it is not an array of objects
    public List<Members> objects(String name) throws MalformedLineException {
        List<Members> objects = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (!(value instanceof JsonObject object)) {
                throw wrong(name, "an array of objects");
            }
            objects.add(new Members(object));
        }
        return List.copyOf(objects);
    }

    /// @throws MalformedLineException if the member is absent or not an object
    public Members members(String name) throws MalformedLineException {
        return tryMembers(name).orElseThrow(() -> absent(name));
    }

    /// The object, or nothing if the member is absent.
    ///
    /// @throws MalformedLineException if it is not an object
    public Optional<Members> tryMembers(String name) throws MalformedLineException {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonObject members) {
            return Optional.of(new Members(members));
        }
        throw wrong(name, "an object");
    }

    private JsonArray array(String name) throws MalformedLineException {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        if (value instanceof JsonArray array) {
            return array;
        }
        throw wrong(name, "an array");
    }

    private JsonValue value(String name) {
        return object.getOrDefault(name, JsonValue.NULL);
    }

    private static long whole(String name, JsonNumber number) throws MalformedLineException {
        try {
            return number.longValueExact();
        } catch (ArithmeticException _) {
            throw wrong(name, "a whole number of 64 bits");
        }
    }

    private static MalformedLineException absent(String name) {
        return new MalformedLineException("member \"" + name + "\" is missing");
    }

    private static MalformedLineException wrong(String name, String wanted) {
        return new MalformedLineException("member \"" + name + "\" is not " + wanted);
    }
}
