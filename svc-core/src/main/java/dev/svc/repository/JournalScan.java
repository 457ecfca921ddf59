package dev.svc.repository;

import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// All segments of a journal, and what is wrong with them and between them.
///
/// @param lines the intact lines, each once, in the order of the changes
/// @param findings damage; an unfinished last line is a mere note
/// @param damaged segments that should be put aside once a backup makes them superfluous
/// @param tail the last segment, if it may be continued (after its end is cut)
/// @param suspect the change that the damaged last line probably was, if it looks as if it had been acknowledged
record JournalScan(
        List<JournalSegment> segments,
        List<JournalLine> lines,
        List<Finding> findings,
        Set<Path> damaged,
        Optional<JournalSegment> tail,
        OptionalLong suspect) {
    private static final Comparator<Sequence> HISTORY = Comparator.comparingLong(Sequence::epoch).thenComparing(Sequence::epochSuffix)
            .thenComparingLong(Sequence::number);

    JournalScan {
        segments = List.copyOf(segments);
        lines = List.copyOf(lines);
        findings = List.copyOf(findings);
        damaged = Set.copyOf(damaged);
    }

    /// Reads the journal in `directory`.
    ///
    /// @param wanted which lines' changes will be asked for
    static JournalScan read(Disk disk, Path directory, Predicate<Sequence> wanted) {
        return new Reader(disk, wanted).read(directory);
    }

    boolean isEmpty() { return segments.isEmpty() && damaged.isEmpty(); }

    /// The last change that the journal speaks of, 0 if it is silent.
    long reaches() {
        return segments.stream().mapToLong(JournalSegment::reaches).max().orElse(0);
    }

    /// The segments that cannot stay where a new chain begins after change `last`: damaged ones, and one that ends torn before it.
    Set<Path> toSetAside(long last) {
        Set<Path> aside = new HashSet<>(damaged);
        if (reaches() < last) {
            segments.stream().filter(s -> s.scarAtEnd().isPresent() || s.soundBytes().isEmpty()).map(JournalSegment::file)
                    .forEach(aside::add);
        }
        return aside;
    }

    /// Whether something is wrong that a new segment does not cure by itself.
    boolean isDamaged() { return findings.stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE); }

    private static final class Reader {
        private final Disk disk;
        private final Predicate<Sequence> wanted;
        private final List<JournalSegment> segments = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final Set<Path> damaged = new HashSet<>();
        private final Map<Sequence, JournalLine> lines = new TreeMap<>(HISTORY);

        Reader(Disk disk, Predicate<Sequence> wanted) {
            this.disk = disk;
            this.wanted = wanted;
        }

        JournalScan read(Path directory) {
            segments(directory);
            Optional<JournalLine> before = Optional.empty();
            for (JournalSegment segment : segments) {
                before = check(segment, before);
            }
            Optional<JournalSegment> last = segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
            last.ifPresent(this::checkEnd);
            OptionalLong suspect = last.flatMap(JournalSegment::scarAtEnd).filter(JournalSegment.Scar::terminated).isPresent()
                    ? OptionalLong.of(last.get().reaches() + 1)
                    : OptionalLong.empty();
            Optional<JournalSegment> tail = last.filter(s -> !damaged.contains(s.file()) && s.soundBytes().isPresent());
            return new JournalScan(segments, List.copyOf(lines.values()), findings, damaged, tail, suspect);
        }

        private void segments(Path directory) {
            Map<JournalSegment.Name, Path> files = new TreeMap<>(JournalSegment.Name.ORDER);
            try {
                for (Path file : disk.list(directory)) {
                    JournalSegment.Name.parse(file.getFileName().toString()).ifPresent(name -> files.put(name, file));
                }
            } catch (IOException e) {
                findings.add(
                        new Finding(
                                Finding.Level.DISK,
                                Finding.Gravity.DAMAGE,
                                directory.toString(),
                                "cannot be listed: " + e.getMessage()));
            }
            files.forEach((name, file) -> {
                try {
                    segments.add(JournalSegment.read(disk, name, file, wanted));
                } catch (IOException e) {
                    findings.add(finding(Finding.Level.DISK, Finding.Gravity.DAMAGE, file, "cannot be read: " + e.getMessage(), 0));
                    damaged.add(file);
                }
            });
        }

        /// Takes the lines of a segment, given the line before it; yields its last.
        private Optional<JournalLine> check(JournalSegment segment, Optional<JournalLine> before) {
            Optional<JournalLine> last = before;
            for (int i = 0; i < segment.lines().size(); i++) {
                JournalLine line = segment.lines().get(i);
                int index = i;
                if (!Epoch.of(line.sequence()).equals(segment.name().epoch())) {
                    // Believed, it could make all that follows in the segment look like nobody's history.
                    damage(segment, "the line of change " + line.sequence().number() + " is of another epoch, " + Epoch.of(line.sequence()),
                            line.sequence().number());
                    continue;
                }
                boolean scarred = segment.scars().stream().anyMatch(s -> s.linesBefore() == index);
                if (lines.containsKey(line.sequence())) {
                    repeated(segment, line);
                } else if (scarred) {
                    damage(segment,
                            last.map(l -> "between the lines of changes " + l.sequence().number() + " and " + line.sequence().number()
                                    + " stands something damaged").orElse("its beginning is damaged"),
                            line.sequence().number());
                } else if (last.isPresent() && !follows(line, last.get(), i)) {
                    damage(segment, "the line of change " + line.sequence().number() + " does not follow on that of change "
                            + last.get().sequence().number(), line.sequence().number());
                }
                lines.putIfAbsent(line.sequence(), line);
                last = Optional.of(line);
            }
            if (lacksBeginning(segment)) {
                long first = segment.lines().getFirst().sequence().number();
                damage(segment, "it begins with change " + first + ", its name promises " + segment.name().first(), first);
            }
            return last;
        }

        /// A segment is named for its first line. Where that is scarred, the scar has been told.
        private static boolean lacksBeginning(JournalSegment segment) {
            return !segment.lines().isEmpty() && segment.lines().getFirst().sequence().number() > segment.name().first()
                    && segment.scars().stream().noneMatch(s -> s.linesBefore() == 0);
        }

        /// A chain may begin anew where a segment does, after a repair.
        private static boolean follows(JournalLine line, JournalLine before, int index) {
            return line.previous().equals(before.crc()) || index == 0 && line.previous().equals(JournalLine.NO_CRC);
        }

        /// A line repeated in another segment is what a failed fsync leaves.
        private void repeated(JournalSegment segment, JournalLine line) {
            boolean here = segment.lines().stream().filter(l -> l.sequence().equals(line.sequence())).count() > 1;
            if (here || !lines.get(line.sequence()).crc().equals(line.crc())) {
                damage(segment, "there is a second line of change " + line.sequence().number(), line.sequence().number());
            }
        }

        /// What is wrong after the last line of a segment.
        private void checkEnd(JournalSegment last) {
            for (JournalSegment segment : segments) {
                segment.scarAtEnd().ifPresent(scar -> {
                    if (scar.terminated() || segment.soundBytes().isEmpty() || segment != last && !coveredByNext(segment)) {
                        damage(segment, "its end is damaged (" + scar.bytes() + " bytes)", segment.reaches() + 1);
                    } else {
                        findings.add(
                                finding(
                                        Finding.Level.JOURNAL,
                                        Finding.Gravity.NOTE,
                                        segment.file(),
                                        "its last line is unfinished (" + scar.bytes() + " bytes), hence never acknowledged",
                                        0));
                    }
                });
            }
            if (last.scars().isEmpty() && last.soundBytes().isEmpty()) {
                findings.add(
                        finding(Finding.Level.JOURNAL, Finding.Gravity.NOTE, last.file(), "its last line has lost its end",
                                last.reaches()));
            }
        }

        /// Whether the next segment goes on right after the last intact line: then what is torn here was never acknowledged.
        private boolean coveredByNext(JournalSegment segment) {
            JournalSegment next = segments.get(segments.indexOf(segment) + 1);
            return next.lines().isEmpty()
                    ? next.name().first() == segment.reaches() + 1
                    : next.lines().getFirst().after() <= segment.reaches();
        }

        private void damage(JournalSegment segment, String what, long sequence) {
            findings.add(finding(Finding.Level.JOURNAL, Finding.Gravity.DAMAGE, segment.file(), what, sequence));
            damaged.add(segment.file());
        }

        private static Finding finding(Finding.Level level, Finding.Gravity gravity, Path file, String what, long sequence) {
            return new Finding(
                    level,
                    gravity,
                    file.getFileName().toString(),
                    what,
                    Optional.empty(),
                    Optional.empty(),
                    sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence));
        }
    }
}
