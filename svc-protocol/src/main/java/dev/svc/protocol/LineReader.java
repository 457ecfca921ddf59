package dev.svc.protocol;

import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Reads JSON lines from a stream, in memory bounded by the longest line allowed. For one thread at a time.
public final class LineReader {
    private static final int CHUNK = 16 * 1024;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;

    /// @param longest longest line allowed, in bytes and without its line feed
    public LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// The next object, or nothing at the end of the stream. Empty lines are skipped.
    ///
    /// @throws MalformedLineException if a line is too long or not an object; it was consumed, and the next call reads the one after it
    /// @throws EOFException if the stream ends within a line
    public Optional<JsonObject> next() throws IOException {
        while (true) {
            int feed = lineFeed();
            if (feed < 0) {
                return Optional.empty();
            }
            byte[] line = Arrays.copyOfRange(buffer, start, feed);
            start = feed + 1;
            if (line.length > longest) {
                throw MalformedLineException.tooLong(longest);
            }
            if (line.length > 0) {
                return Optional.of(JsonLines.parse(line));
            }
        }
    }

    /// Whether a whole line has been received already, so that [#next] would not wait.
    public boolean holdsLine() {
        return indexOfLineFeed(start) >= 0;
    }

    private int lineFeed() throws IOException {
        int from = start;
        while (true) {
            int feed = indexOfLineFeed(from);
            if (feed >= 0) {
                return feed;
            }
            if (end - start > longest) {
                skipLine();
                throw MalformedLineException.tooLong(longest);
            }
            int scanned = end - start;
            if (!fill()) {
                return -1;
            }
            from = start + scanned;
        }
    }

    private int indexOfLineFeed(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, Math.max(CHUNK, longest + 2)));
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0 && end > 0) {
            throw new EOFException("stream ends within a line");
        }
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void skipLine() throws IOException {
        while (true) {
            start = 0;
            end = Math.max(in.read(buffer, 0, buffer.length), 0);
            int feed = indexOfLineFeed(0);
            if (feed >= 0 || end == 0) {
                start = feed + 1;
                return;
            }
        }
    }
}
