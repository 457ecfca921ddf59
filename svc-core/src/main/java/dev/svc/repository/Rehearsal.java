package dev.svc.repository;

import dev.svc.model.Model;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/// What the next start would make of a repository that nobody has open: it is made, in memory.
///
/// @param used what the configuration would be put together from, as a report says it; nothing if there is nothing to mend
/// @param lost what would be lost, as a report says it
public record Rehearsal(Model model, Freshness freshness, List<String> used, List<String> lost) {
    public Rehearsal {
        used = List.copyOf(used);
        lost = List.copyOf(lost);
    }

    /// Nothing is changed.
    ///
    /// @param known what the rest of the system remembers
    /// @throws dev.svc.protocol.NewerVersionException if database or journal are intact and of a newer version
    public static Rehearsal of(Place place, Known known) {
        Place untouched = new Place(new UntouchedDisk(place.disk()), place.database(), place.journal(), place.backups(), place.reports());
        Opening opening = new Opening(untouched, known, Instant::now, new SplittableRandom());
        Opened opened = opening.open();
        return new Rehearsal(opened.model(), opened.freshness(), opening.used(), opening.lost());
    }
}
