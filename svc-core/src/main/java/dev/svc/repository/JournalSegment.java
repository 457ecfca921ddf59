package dev.svc.repository;

import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of the journal: what of it is intact.
///
/// Lines are found by how they begin, not only by where the one before ends: a damaged line end costs no line but its own, and the
/// beginning cannot occur inside a line, as JSON escapes its quotes.
///
/// @param lines those whose checksum holds, as they stand; one of another epoch than the name's was put there by somebody else
/// @param scars the stretches between them
/// @param soundBytes up to where the file may be kept and appended to; nothing if its last intact line has lost its end
record JournalSegment(Name name, Path file, List<JournalLine> lines, List<Scar> scars, OptionalLong soundBytes) {
    private static final byte[] BEGINNING = JournalLine.BEGINNING.getBytes(StandardCharsets.US_ASCII);

    JournalSegment {
        lines = List.copyOf(lines);
        scars = List.copyOf(scars);
    }

    /// Bytes that are no intact line.
    ///
    /// @param linesBefore how many intact lines of the segment stand before it
    /// @param terminated whether it ends like a line, so that it was perhaps one that was acknowledged
    record Scar(int linesBefore, long bytes, boolean terminated) {}

    /// `<epoch>-<first sequence>.jsonl`, with `-<n>` before the dot where that name was taken.
    record Name(Epoch epoch, long first, int copy) {
        private static final Pattern FORM = Pattern.compile("(.+)-([0-9]{1,18})(?:-([0-9]{1,9}))?\\.jsonl");
        static final Comparator<Name> ORDER = Comparator.<Name>comparingLong(n -> n.epoch.counter()).thenComparing(n -> n.epoch.suffix())
                .thenComparingLong(Name::first).thenComparingInt(Name::copy);

        static Optional<Name> parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int copy = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
            long first = Long.parseLong(matcher.group(2));
            return Epoch.parse(matcher.group(1)).map(epoch -> new Name(epoch, first, copy));
        }

        @Override public String toString() {
            return epoch + "-" + first + (copy == 0 ? "" : "-" + copy) + ".jsonl";
        }
    }

    /// Reads a segment, remembering the text of lines that are `wanted` only.
    static JournalSegment read(Disk disk, Name name, Path file, Predicate<Sequence> wanted) throws IOException {
        return parse(name, file, disk.read(file), wanted);
    }

    static JournalSegment parse(Name name, Path file, byte[] bytes, Predicate<Sequence> wanted) {
        List<JournalLine> lines = new ArrayList<>();
        List<Scar> scars = new ArrayList<>();
        int sound = 0;
        int next;
        for (int at = 0; at < bytes.length; at = next) {
            next = beginning(bytes, at + 1);
            int end = lineEnd(bytes, at, next);
            Optional<JournalLine> line = beginsAt(bytes, at) ? JournalLine.parse(bytes, at, end, wanted) : Optional.empty();
            if (line.isPresent()) {
                scar(bytes, sound, at, lines.size()).ifPresent(scars::add);
                lines.add(line.get());
                sound = end < bytes.length && bytes[end] == '\n' ? end + 1 : end;
            }
        }
        scar(bytes, sound, bytes.length, lines.size()).ifPresent(scars::add);
        boolean endsLine = sound == 0 || bytes[sound - 1] == '\n';
        return new JournalSegment(name, file, lines, scars, endsLine ? OptionalLong.of(sound) : OptionalLong.empty());
    }

    private static Optional<Scar> scar(byte[] bytes, int from, int to, int linesBefore) {
        return from == to ? Optional.empty() : Optional.of(new Scar(linesBefore, to - from, bytes[to - 1] == '\n'));
    }

    /// The scar after the last intact line.
    Optional<Scar> scarAtEnd() {
        return scars.isEmpty() || scars.getLast().linesBefore < lines.size() ? Optional.empty() : Optional.of(scars.getLast());
    }

    /// The number of the last change the segment speaks of: of its last line, or the one before its first.
    long reaches() {
        return lines.stream().map(JournalLine::sequence).filter(s -> Epoch.of(s).equals(name.epoch)).mapToLong(Sequence::number)
                .reduce(name.first - 1, (_, number) -> number);
    }

    private static boolean beginsAt(byte[] bytes, int at) {
        return at + BEGINNING.length <= bytes.length
                && Arrays.equals(bytes, at, at + BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    /// Where the next line begins at or after `from`; the end if none does.
    private static int beginning(byte[] bytes, int from) {
        for (int at = from; at + BEGINNING.length <= bytes.length; at++) {
            if (bytes[at] == '{' && beginsAt(bytes, at)) {
                return at;
            }
        }
        return bytes.length;
    }

    /// Where the line from `at` ends: at its newline; where that is damaged, after its last brace before `next`.
    private static int lineEnd(byte[] bytes, int at, int next) {
        for (int end = at; end < next; end++) {
            if (bytes[end] == '\n') {
                return end;
            }
        }
        int end = next;
        while (end > at && bytes[end - 1] != '}') {
            end--;
        }
        return end;
    }
}
