package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a journal of five lines tells when something happened to it.
class JournalScanTest {
    private static final Epoch EPOCH = new Epoch(1, "0123abcd");
    private static final JournalSegment.Name NAME = new JournalSegment.Name(EPOCH, 1, 0);

    @TempDir Path directory;
    private final List<JournalLine> lines = new ArrayList<>();
    private byte[] whole = {};

    @BeforeEach void write() throws IOException {
        String previous = JournalLine.NO_CRC;
        List<Change> changes = List.of(Scene.define(1), Scene.enable(1, true), Scene.configure(1, "x"), Scene.delete(1), Scene.define(2));
        for (int i = 0; i < changes.size(); i++) {
            JournalLine line = JournalLine.of(new Numbered(EPOCH.number(i + 1), changes.get(i)), i, previous, Scene.WALL);
            lines.add(line);
            previous = line.crc();
        }
        whole = bytes(lines);
    }

    private static byte[] bytes(List<JournalLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JournalScan scan(byte[]... segments) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        long first = 1;
        for (byte[] segment : segments) {
            JournalSegment.Name name = new JournalSegment.Name(EPOCH, first, 0);
            Files.write(directory.resolve(name.toString()), segment);
            first = Math.max(first + 1, JournalSegment.parse(name, directory, segment, _ -> false).reaches() + 1);
        }
        return JournalScan.read(new LocalDisk(), directory, _ -> true);
    }

    private static List<Long> numbers(JournalScan scan) {
        return scan.lines().stream().map(l -> l.sequence().number()).toList();
    }

    @Test void everyLineComesBackAsItWas() throws IOException {
        JournalScan scan = scan(whole);
        assertEquals(List.of(), scan.findings());
        assertEquals(lines, scan.lines());
        ContentReader contents = new ContentReader();
        Change define = scan.lines().getFirst().understood(contents).orElseThrow().change();
        assertEquals(Scene.define(1), define);
        assertEquals(Scene.delete(1), scan.lines().get(3).understood(contents).orElseThrow().change());
        assertEquals(5, scan.reaches());
    }

    @Test void tornAtEveryByteOfTheLastLineLosesNothingAcknowledged() throws IOException {
        int last = bytes(lines.subList(0, 4)).length;
        for (int cut = last; cut < whole.length; cut++) {
            JournalScan scan = scan(Arrays.copyOf(whole, cut));
            boolean onlyTheEndIsMissing = cut == whole.length - 1;
            assertEquals(onlyTheEndIsMissing ? 5 : 4, scan.lines().size(), "cut at " + cut);
            assertFalse(scan.isDamaged(), "cut at " + cut);
            assertEquals(cut == last, scan.findings().isEmpty(), "cut at " + cut);
            assertEquals(OptionalLong.empty(), scan.suspect());
        }
    }

    @Test void bitFlippedInAnyByteCostsAtMostThatLine() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            JournalSegment segment = JournalSegment.parse(NAME, directory, flipped, _ -> false);
            assertTrue(segment.lines().size() >= 4, "byte " + at);
            assertTrue(lines.containsAll(segment.lines().stream().map(l -> withText(l)).toList()), "byte " + at);
            assertFalse(segment.scars().isEmpty(), "byte " + at);
        }
    }

    /// Lines were read without their text, which their crc stands for.
    private JournalLine withText(JournalLine line) {
        return lines.stream().filter(l -> l.crc().equals(line.crc()) && l.sequence().equals(line.sequence())).findFirst().orElse(line);
    }

    @Test void damagedLastLineThatEndsLikeOneIsSuspect() throws IOException {
        byte[] damaged = whole.clone();
        damaged[whole.length - 10] ^= 1;
        JournalScan scan = scan(damaged);
        assertEquals(OptionalLong.of(5), scan.suspect());
        assertTrue(scan.isDamaged());
    }

    @Test void missingLineInTheMiddleShows() throws IOException {
        JournalScan scan = scan(bytes(List.of(lines.get(0), lines.get(1), lines.get(3), lines.get(4))));
        assertEquals(List.of(1L, 2L, 4L, 5L), numbers(scan));
        assertEquals("JOURNAL:DAMAGE", Scene.levels(scan.findings()));
        assertEquals("[3]", Replay.of(EPOCH.number(1), scan, EPOCH.number(1)).lost().toString());
        assertEquals("[]", Replay.of(EPOCH.number(3), scan, EPOCH.number(1)).lost().toString());
        assertEquals("[6..7]", Replay.of(EPOCH.number(3), scan, EPOCH.number(7)).lost().toString());
    }

    @Test void missingSegmentShows() throws IOException {
        JournalScan scan = scan(bytes(lines.subList(0, 2)), bytes(lines.subList(3, 5)));
        assertEquals("JOURNAL:DAMAGE", Scene.levels(scan.findings()));
        assertEquals("[1, 2, 4, 5]", numbers(scan).toString());
    }

    @Test void repeatedAndReorderedLinesShowAndAreTakenOnceInOrder() throws IOException {
        JournalScan repeated = scan(bytes(List.of(lines.get(0), lines.get(1), lines.get(1), lines.get(2))));
        assertEquals("JOURNAL:DAMAGE", Scene.levels(repeated.findings()));
        assertEquals("[1, 2, 3]", numbers(repeated).toString());
        JournalScan reordered = scan(bytes(List.of(lines.get(1), lines.get(0), lines.get(2))));
        assertEquals("JOURNAL:DAMAGE", Scene.levels(reordered.findings()));
        assertEquals("[1, 2, 3]", numbers(reordered).toString());
    }

    @Test void lineRepeatedInTheNextSegmentIsWhatAFailedSyncLeaves() throws IOException {
        JournalScan scan = scan(bytes(lines.subList(0, 3)), bytes(lines.subList(2, 5)));
        assertEquals(List.of(), scan.findings());
        assertEquals("[1, 2, 3, 4, 5]", numbers(scan).toString());
    }

    @Test void garbageIsNoLine() throws IOException {
        JournalScan scan = scan("nonsense\n{\"crc\":\"00000000\",{}\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), scan.lines());
        assertTrue(scan.isDamaged());
    }

    @Test void emptySegmentSaysWhereItBegins() throws IOException {
        assertEquals(5, scan(whole, new byte[0]).reaches());
        assertEquals(0, scan(new byte[0]).reaches());
    }
}
