package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Change;
import dev.svc.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session on a disk that fails at some time: what was acknowledged, what it was told nothing about, what it was told.
///
/// @param refused what was said to changes that were refused, and what was found on the way
/// @param finished whether it came to its end
record DiskSession(Place place, FaultyDisk disk, Model acknowledged, Optional<Model> doubtful, List<String> refused, boolean finished) {
    private static final List<Change> CHANGES = List.of(
            Scene.define(1),
            Scene.enable(1, true),
            Scene.define(2),
            Scene.configure(2, "x".repeat(3000)),
            Scene.delete(1),
            Scene.enable(2, true));

    /// Opens, changes this and that with a backup in between, closes; `count` operations fail after the first `skipped`.
    static DiskSession of(Place place, FaultyDisk disk, FaultyDisk.Fault fault, int skipped, int count) {
        disk.begin(fault, skipped, count);
        Model acknowledged = Model.EMPTY;
        Optional<Model> doubtful = Optional.empty();
        List<String> told = new ArrayList<>();
        try {
            Opened opened = Repository.open(place, Known.NONE, () -> Scene.WALL);
            opened.findings().forEach(f -> told.add(f.toString()));
            Repository repository = opened.repository();
            for (int i = 0; i < CHANGES.size(); i++) {
                // What may have been recorded was, or was not, before what comes after it.
                doubtful = Optional.of(repository.model().with(CHANGES.get(i)));
                try {
                    Committed committed = repository.commit(CHANGES.get(i));
                    committed.findings().forEach(f -> told.add(f.toString()));
                    acknowledged = committed.model();
                    doubtful = Optional.empty();
                } catch (RefusedException e) {
                    told.add(e.getMessage());
                    doubtful = Optional.empty();
                } catch (OutcomeUnknownException e) {
                    told.add(e.getMessage());
                    return new DiskSession(place, disk, acknowledged, doubtful, told, true);
                }
                if (i == 3) {
                    backup(repository, told);
                }
            }
            repository.close();
            return new DiskSession(place, disk, acknowledged, doubtful, told, true);
        } catch (FaultyDisk.StoppedError _) {
            return new DiskSession(place, disk, acknowledged, doubtful, told, false);
        }
    }

    private static void backup(Repository repository, List<String> told) {
        try {
            repository.backup(BackupKind.DAILY);
        } catch (RefusedException e) {
            told.add(e.getMessage());
        }
    }

    private Opened open() {
        return Repository.open(place, Known.NONE, () -> Scene.WALL);
    }

    /// Once the disk is well again, everything that was acknowledged is there, and all is well after that.
    void assertSurvived(String what) {
        disk.end();
        Opened again = open();
        Map<String, String> found = Scene.text(again.model());
        boolean expected = found.equals(Scene.text(acknowledged)) || doubtful.map(d -> found.equals(Scene.text(d))).orElse(false);
        assertTrue(expected, () -> what + ": " + found.keySet() + " instead of " + Scene.text(acknowledged).keySet() + again.findings());
        assertTrue(again.freshness().complete(), () -> what + again.findings());
        again.repository().close();
        Opened third = open();
        assertFalse(third.findings().stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE), () -> what + third.findings());
        assertEquals(found, Scene.text(third.model()), what);
        third.repository().close();
    }
}
