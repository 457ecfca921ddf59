package dev.svc.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    @Test void objectIsOneLineInOrderOfAddition() throws IOException {
        JsonObject object = JsonLines.object().add("b", "two\nlines\t\u0001\"\\é😀").add("a", JsonLines.array(List.of("x", "y"))).build();
        String line = JsonLines.line(object);
        assertEquals("{\"b\":\"two\\nlines\\t\\u0001\\\"\\\\é😀\",\"a\":[\"x\",\"y\"]}", line);
        assertEquals(object, JsonLines.parse(line));
        assertArrayEquals((line + "\n").getBytes(StandardCharsets.UTF_8), JsonLines.bytes(object));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1]", "1", "\"x\"", "null", "{\"a\":1}{}", "{\"a\":1} x", "{a:1}", "{\"a\":1,}", "{\"a\":01}",
            "{\"a\":\"\n\"}"}) void anythingButOneObjectIsMalformed(String line) {
        assertThrows(MalformedLineException.class, () -> JsonLines.parse(line));
    }

    @Test void deepNestingIsMalformedNotAnOverflow() {
        assertThrows(MalformedLineException.class, () -> JsonLines.parse("{\"a\":" + "[".repeat(500_000)));
    }

    @Test void latin1IsMalformed() {
        byte[] line = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("not UTF-8", assertThrows(MalformedLineException.class, () -> JsonLines.parse(line)).getMessage());
    }

    @Test void hugeNumberIsRefusedAsANumberOfOurs() throws IOException {
        Members members = new Members(JsonLines.parse("{\"n\":1e99999999}"));
        assertThrows(MalformedLineException.class, () -> members.number("n"));
    }

    @Test void membersAreCheckedForTheirTypes() throws IOException {
        Members m = new Members(
                JsonLines.parse("{\"t\":\"x\",\"n\":3,\"b\":true,\"l\":[\"a\",\"b\"],\"o\":{\"k\":\"v\"},\"z\":null,\"c\":[17]}"));
        assertEquals("x", m.text("t"));
        assertEquals(3, m.number("n"));
        assertTrue(m.truth("b"));
        assertFalse(m.truth("z"));
        assertEquals(List.of("a", "b"), m.texts("l"));
        assertEquals(List.of(), m.texts("none"));
        assertEquals(List.of(17L), m.numbers("c"));
        assertEquals("v", m.members("o").text("k"));
        assertEquals(Optional.empty(), m.tryText("z"));
        assertEquals("member \"t\" is not a number", assertThrows(MalformedLineException.class, () -> m.number("t")).getMessage());
        assertEquals("member \"q\" is missing", assertThrows(MalformedLineException.class, () -> m.text("q")).getMessage());
        assertEquals("member \"c\" is not an array of texts",
                assertThrows(MalformedLineException.class, () -> m.texts("c")).getMessage());
        assertThrows(MalformedLineException.class, () -> m.truth("t"));
        assertThrows(MalformedLineException.class, () -> m.members("l"));
        assertThrows(MalformedLineException.class, () -> m.objects("l"));
    }

    @Test void readerGoesOnAfterABadLine() throws IOException {
        LineReader reader = reader("{\"a\":1}\n\nrubbish\n" + "{\"long\":\"" + "x".repeat(200) + "\"}\n{\"b\":2}\n", 100, 7);
        assertTrue(reader.next().orElseThrow().containsKey("a"));
        assertThrows(MalformedLineException.class, reader::next);
        assertThrows(MalformedLineException.class, reader::next);
        assertTrue(reader.next().orElseThrow().containsKey("b"));
        assertEquals(Optional.empty(), reader.next());
    }

    @Test void lineOfExactlyTheLimitIsRead() throws IOException {
        String line = "{\"a\":\"" + "x".repeat(40_000) + "\"}";
        assertEquals(40_000, reader(line + "\n", line.length(), 8192).next().orElseThrow().getString("a").length());
        assertThrows(MalformedLineException.class, reader(line + "\n", line.length() - 1, 8192)::next);
    }

    @Test void streamThatEndsWithinALineIsAnError() throws IOException {
        LineReader reader = reader("{\"a\":1}\n{\"b\"", 100, 100);
        reader.next();
        assertThrows(EOFException.class, reader::next);
    }

    @Test void endlessLineTakesNoMemoryAndEnds() throws IOException {
        LineReader reader = reader("x".repeat(3_000_000) + "\n{\"a\":1}\n", 1000, 4096);
        assertThrows(MalformedLineException.class, reader::next);
        assertTrue(reader.next().isPresent());
    }

    /// A reader of a stream that yields at most `chunk` bytes at a time.
    private static LineReader reader(String text, int longest, int chunk) {
        InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new LineReader(new InputStream() {
            @Override public int read() throws IOException { return whole.read(); }

            @Override public int read(byte[] b, int off, int len) throws IOException { return whole.read(b, off, Math.min(len, chunk)); }
        }, longest);
    }
}
