package dev.svc.repository;

import dev.svc.model.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Which journal lines follow on a base, and which changes that were made are missing.
///
/// @param reached the last change that base and lines hold together
record Replay(List<JournalLine> lines, List<Freshness.Range> lost, Sequence reached) {
    Replay {
        lines = List.copyOf(lines);
        lost = List.copyOf(lost);
    }

    /// What `scan` has after `base`, of its epoch and of newer ones.
    ///
    /// @param known the highest change that anybody speaks of
    static Replay of(Sequence base, JournalScan scan, Sequence known) {
        List<JournalLine> lines = scan.lines().stream().filter(line -> line.sequence().newerThan(base).orElse(false)).sorted(
                Comparator.<JournalLine>comparingLong(l -> l.sequence().epoch()).thenComparingLong(l -> l.sequence().number())).toList();
        List<Freshness.Range> lost = new ArrayList<>();
        Sequence reached = base;
        for (JournalLine line : lines) {
            if (line.after() > reached.number()) {
                lost.add(new Freshness.Range(reached.number() + 1, line.after()));
            }
            reached = line.sequence();
        }
        long number = reached.number();
        scan.suspect().ifPresent(suspect -> {
            if (suspect > number) {
                lost.add(new Freshness.Range(number + 1, suspect));
            }
        });
        if (known.newerThan(reached).orElse(false)) {
            lost.add(new Freshness.Range(number + 1, Math.max(known.number(), number + 1)));
        }
        return new Replay(lines, Freshness.Range.merged(lost), reached);
    }

    /// The changes of the lines, in order.
    ///
    /// @param senseless takes lines that cannot be understood
    List<Numbered> changes(Consumer<JournalLine> senseless) {
        ContentReader contents = new ContentReader();
        List<Numbered> changes = new ArrayList<>(lines.size());
        for (JournalLine line : lines) {
            line.understood(contents).ifPresentOrElse(changes::add, () -> senseless.accept(line));
        }
        return changes;
    }
}
