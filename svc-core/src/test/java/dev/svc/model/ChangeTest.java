package dev.svc.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several changes as one, and what a configuration weighs.
class ChangeTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8}) void asOneTheyAreWhatTheyAreInTurn(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            changes.add(random(dice));
        }
        Model before = Model.EMPTY.with(changes.subList(0, 20));
        Model inTurn = before;
        Change pairwise = changes.get(20);
        for (Change change : changes.subList(20, 60)) {
            inTurn = inTurn.with(change);
        }
        for (Change change : changes.subList(21, 60)) {
            pairwise = pairwise.and(change);
        }
        Change all = Change.all(changes.subList(20, 60));
        assertEquals(rows(inTurn), rows(before.with(all)));
        assertEquals(rows(inTurn), rows(before.with(pairwise)));
        assertEquals(inTurn.weight(), before.with(all).weight());
        assertEquals(all.put().size(), new HashSet<>(all.put().stream().map(LayerGroup::key).toList()).size());
    }

    @Test void whatIsGoneWeighsNothingAndWhatSnapshotsShareCountsOnce() {
        InstanceFmri web = InstanceFmri.parse("svc:/site/web:default");
        LayerGroup row = row(web, "config", "some value");
        Model bare = Model.EMPTY.with(Change.of("import", 0, List.of(row)));
        Model taken = bare
                .with(new Change("refresh", 0, List.of(), List.of(), List.of(bare.snapshotNow(web, Snapshot.RUNNING)), List.of()));
        assertTrue(taken.weight() - bare.weight() < 300, bare.weight() + " " + taken.weight());
        Model gone = taken.with(new Change("delete", 0, List.of(), List.of(row.key()), List.of(),
                List.of(new Snapshot.Key(web, Snapshot.RUNNING))));
        assertEquals(0, gone.weight());
        Model longer = bare.with(Change.of("set", 0, List.of(row(web, "config", "x".repeat(4000)))));
        assertTrue(longer.weight() - bare.weight() > 3900);
    }

    private static Set<Object> rows(Model model) {
        Set<Object> rows = new HashSet<>(model.allGroups().toList());
        rows.addAll(model.allSnapshots().toList());
        return rows;
    }

    private static Change random(SplittableRandom dice) {
        InstanceFmri fmri = InstanceFmri.parse("svc:/site/s" + dice.nextInt(3) + ":default");
        LayerGroup row = row(fmri, "g" + dice.nextInt(3), "value " + dice.nextInt(100));
        Snapshot shot = new Snapshot(fmri, "snap" + dice.nextInt(2), List.of(row.group()), List.of());
        return new Change("change", 0,
                dice.nextBoolean() ? List.of(row) : List.of(),
                dice.nextInt(3) == 0 ? List.of(row(fmri, "g" + dice.nextInt(3), "").key()) : List.of(),
                dice.nextBoolean() ? List.of(shot) : List.of(),
                dice.nextInt(3) == 0 ? List.of(new Snapshot.Key(fmri, "snap" + dice.nextInt(2))) : List.of());
    }

    private static LayerGroup row(InstanceFmri fmri, String group, String value) {
        return new LayerGroup(fmri, Layer.MANIFEST, new PropertyGroup(group, "application", List.of(Property.text("p", value))));
    }
}
