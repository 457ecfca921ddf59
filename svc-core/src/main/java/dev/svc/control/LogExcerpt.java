package dev.svc.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The end of a log that is worth showing.
final class LogExcerpt {
    private static final int TAIL_BYTES = 8 * 1024;
    private static final int LINES = 10;
    private static final int LINES_WHEN_CLEAN = 5;
    private static final String CLEAN = "exited with status 0";

    private LogExcerpt() {}

    /// What was logged after the last method that ended well, at most ten lines; if that is the very last record, the last five. None
    /// if there is no log to be read.
    static List<String> of(Path log) {
        try {
            return of(tail(log));
        } catch (IOException _) {
            return List.of();
        }
    }

    static List<String> of(List<String> lines) {
        int clean = lastClean(lines);
        if (clean == lines.size() - 1) {
            return lines.subList(Math.max(0, lines.size() - LINES_WHEN_CLEAN), lines.size());
        }
        return lines.subList(Math.max(clean + 1, lines.size() - LINES), lines.size());
    }

    private static int lastClean(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains("Method \"") && lines.get(i).contains(CLEAN)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> tail(Path log) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            long start = Math.max(0, channel.size() - TAIL_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
            channel.position(start);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until the end of the log.
            }
            List<String> lines = StandardCharsets.UTF_8.decode(bytes.flip()).toString().lines().toList();
            // The first one was cut.
            return start > 0 && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
        }
    }
}
