package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ten thousand instances cost what their edges are, not their square: counted in groups told. The timeouts only catch what hangs.
@Timeout(60) class ScaleTest {
    private static final int MANY = 10_000;
    /// Every instance goes through a handful of states, and every edge tells of each.
    private static final long LINEAR = 20L * MANY;

    @Test void aChainStartsAndStops() {
        assertLinear(IntStream.range(1, MANY).mapToObj(i -> "c" + i + " -> c" + (i - 1) + " restart"), "c0", MANY);
    }

    @Test void aChainThatIsLoadedInAnyOrderStartsAndStops() {
        List<String> lines = IntStream.range(1, MANY).mapToObj(i -> "c" + i + " -> c" + (i - 1) + " restart").collect(Collectors.toList());
        Collections.shuffle(lines, new Random(1));
        assertLinear(lines.stream(), "c0", MANY);
    }

    @Test void aStarOfDependentsStartsAndStops() {
        assertLinear(IntStream.range(1, MANY).mapToObj(i -> "c" + i + " -> hub restart"), "hub", MANY);
    }

    @Test void aServiceOfManyInstancesStartsAndStops() {
        assertLinear(IntStream.range(1, MANY).mapToObj(i -> i < MANY / 2 ? "c" + i + " -> @hub restart" : "hub:i" + i), "hub:i9999",
                MANY / 2);
    }

    @Test void aGroupOfManyMembersStartsAndStops() {
        String members = IntStream.range(1, MANY).mapToObj(i -> "c" + i).collect(Collectors.joining(" "));
        assertLinear(
                Stream.concat(
                        Stream.of("top -> " + members + " restart"),
                        IntStream.range(1, MANY).mapToObj(i -> "c" + i)),
                "c5000",
                2);
    }

    private static void assertLinear(Stream<String> lines, String root, int affected) {
        String drawing = lines.collect(Collectors.joining("\n")) + "\n" + root;
        Play play = Play.allOf(drawing);
        assertEquals(0, offline(play));
        long before = play.graph.steps();
        play.disable(root);
        assertTrue(offline(play) <= affected, () -> offline(play) + " are not online");
        play.enable(root);
        assertEquals(0, offline(play));
        assertTrue(before < LINEAR, () -> "starting told " + before + " groups");
        assertTrue(play.graph.steps() - before < LINEAR, () -> "stopping and starting told " + (play.graph.steps() - before) + " groups");
    }

    private static long offline(Play play) {
        return List.of(play.states().split(" ")).stream().filter(s -> !s.endsWith("=online")).count();
    }
}
