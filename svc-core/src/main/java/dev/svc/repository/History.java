package dev.svc.repository;

import dev.svc.fmri.EntityFmri;
import dev.svc.model.Change;
import dev.svc.model.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The audit trail that the journal is: who changed what when.
///
/// @param entries in the order of the changes
/// @param findings what is wrong with the journal; what is damaged is not among the entries
public record History(List<Entry> entries, List<Finding> findings) {
    public History {
        entries = List.copyOf(entries);
        findings = List.copyOf(findings);
    }

    /// One change.
    ///
    /// @param time as it was written, ISO 8601 in UTC
    public record Entry(Sequence sequence, String time, Change change) {
        /// The services and instances it touched.
        public Set<EntityFmri> entities() {
            Set<EntityFmri> entities = new LinkedHashSet<>();
            change.put().forEach(g -> entities.add(g.entity()));
            change.delete().forEach(k -> entities.add(k.entity()));
            change.putSnapshots().forEach(s -> entities.add(s.instance()));
            change.deleteSnapshots().forEach(k -> entities.add(k.instance()));
            return entities;
        }

        public String epoch() {
            return Epoch.of(sequence).toString();
        }
    }

    /// Reads the journal of a repository, whether a manager is writing it or not: an unfinished last line is none.
    public static History of(Place place) {
        JournalScan scan = JournalScan.read(place.disk(), place.journal(), _ -> true);
        List<Entry> entries = new ArrayList<>();
        ContentReader contents = new ContentReader();
        for (JournalLine line : scan.lines()) {
            Change change = line.understood(contents).map(Numbered::change).orElseGet(() -> Change.of(line.what(), line.by(), List.of()));
            entries.add(new Entry(line.sequence(), line.time(), change));
        }
        return new History(entries, scan.findings());
    }
}
