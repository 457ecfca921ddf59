package dev.svc.repository;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.LayerGroup;
import dev.svc.model.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What can be made of a damaged repository: base, newer rows of the damaged file, journal. Steps 1 and 2 of the architecture's rebuild;
/// a pure function of what was read.
///
/// @param overlaid how many rows of the damaged file were newer than the base
/// @param replayed the journal's lines that follow
/// @param lost what is missing, in addition to what the base already lacked
record Rebuild(Holding holding, int overlaid, List<JournalLine> replayed, List<Freshness.Range> lost) {
    /// The group whose rows and lines say whether an instance is enabled, and that it exists.
    private static final String DECIDING = "general";

    Rebuild {
        replayed = List.copyOf(replayed);
        lost = List.copyOf(lost);
    }

    /// @param base a sound copy, if there is one
    /// @param salvage intact rows of a file that is not sound
    /// @param known the highest change that anybody speaks of
    /// @param epoch the epoch to go on in if there is no base
    /// @param senseless takes lines that cannot be understood
    static Rebuild of(Optional<Reading> base, Rows salvage, JournalScan scan, Sequence known, Epoch epoch,
            Consumer<JournalLine> senseless) {
        Rows rows = base.map(b -> b.rows().copy()).orElseGet(Rows::new);
        Sequence from = base.flatMap(Reading::sequence).orElse(epoch.number(0));
        int overlaid = rows.overlay(salvage, from.number());
        Replay replay = Replay.of(from, scan, known);
        replay.changes(senseless).forEach(rows::apply);
        long reached = replay.reached().number();
        long last = Math.max(reached, rows.newest());
        List<Freshness.Range> lost = new ArrayList<>(replay.lost());
        if (last > reached) {
            // A row shows that its change was made, not that all of the change is here.
            lost.add(new Freshness.Range(reached + 1, last));
        }
        List<Freshness.Range> before = base.flatMap(Reading::meta).map(Meta::lost).orElse(List.of());
        Holding holding = Holding.of(rows, replay.reached().withNumber(last), before);
        return new Rebuild(holding, overlaid, replay.lines(), Freshness.Range.merged(lost));
    }

    /// For each instance the last intact row or journal line that enabled, disabled or deleted it.
    ///
    /// @param scan read with the text of all lines
    static Map<InstanceFmri, Long> decided(Holding holding, JournalScan scan) {
        Map<InstanceFmri, Long> decided = new HashMap<>();
        holding.sequences().forEach((key, sequence) -> decide(decided, key, sequence));
        ContentReader contents = new ContentReader();
        for (JournalLine line : scan.lines()) {
            if (Epoch.of(line.sequence()).equals(Epoch.of(holding.last()))) {
                line.understood(contents).ifPresent(numbered -> {
                    numbered.deletes().forEach(key -> decide(decided, key, line.sequence().number()));
                    numbered.puts().forEach(row -> decide(decided, row.key(), line.sequence().number()));
                });
            }
        }
        return decided;
    }

    private static void decide(Map<InstanceFmri, Long> decided, Row.Key key, long sequence) {
        if (key instanceof Row.Key.OfGroup(LayerGroup.Key group) && group.group().equals(DECIDING)
                && group.entity() instanceof InstanceFmri instance) {
            decided.merge(instance, sequence, Math::max);
        }
    }
}
