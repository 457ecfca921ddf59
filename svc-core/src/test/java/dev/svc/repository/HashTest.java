package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.svc.repository.Freshness.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashTest {
    @Test void sumDoesNotDependOnTheOrderAndCanBeUndone() {
        Random random = new Random(7);
        byte[] one = new byte[SetHash.BYTES];
        byte[] two = new byte[SetHash.BYTES];
        for (int i = 0; i < 200; i++) {
            random.nextBytes(one);
            random.nextBytes(two);
            SetHash both = SetHash.EMPTY.with(one).with(two);
            assertEquals(both, SetHash.EMPTY.with(two).with(one));
            assertEquals(SetHash.of(one), both.without(two));
            assertEquals(both, SetHash.of(both.bytes()));
            assertEquals(SetHash.BYTES, both.bytes().length);
        }
        byte[] greatest = new byte[SetHash.BYTES];
        Arrays.fill(greatest, (byte) 0xFF);
        byte[] least = new byte[SetHash.BYTES];
        least[31] = 1;
        assertEquals(SetHash.EMPTY, SetHash.of(greatest).with(least));
    }

    @Test void columnsCannotBeShiftedIntoEachOther() {
        assertFalse(Arrays.equals(Row.Group.hash("ab", "c", "d", "e", "f", 1), Row.Group.hash("a", "bc", "d", "e", "f", 1)));
        assertFalse(Arrays.equals(Row.Shot.hash("a", "b", "c", 1), Row.Shot.hash("a", "b", "c", 2)));
        assertArrayEquals(Row.Shot.hash("a", "b", "c", 1), Row.Shot.hash("a", "b", "c", 1));
    }

    @Test void metaKnowsItselfAndNothingElse() {
        Meta meta = new Meta(1, new Epoch(3, "0123abcd").number(42), List.of(new Range(7, 7), new Range(9, 12)), SetHash.EMPTY);
        assertEquals("7,9..12", meta.lostText());
        assertEquals(
                Optional.of(meta),
                Meta.checked(1, "3.0123abcd", 42, "7,9..12", SetHash.EMPTY.bytes(), meta.hash()));
        assertEquals(Optional.empty(), Meta.checked(1, "4.0123abcd", 42, "7,9..12", SetHash.EMPTY.bytes(), meta.hash()));
    }

    @Test void rangesAreMerged() {
        assertEquals(
                "[1..4, 6..9]",
                Range.merged(List.of(new Range(6, 9), new Range(1, 2), new Range(3, 4), new Range(7, 8))).toString());
    }
}
