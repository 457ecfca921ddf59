package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.model.State;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PotentialTest {
    /// What `a` can expect of one `b` it depends on.
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
            "->, online, true",
            "->, offline, true",
            "->, uninitialized, true",
            "->, disabled, false",
            "->, maintenance, false",
            "->, absent, false",
            "?>, offline, true",
            "?>, disabled, false",
            "~>, offline, true",
            "~>, disabled, true",
            "~>, maintenance, true",
            "~>, absent, true",
            "!>, online, false",
            "!>, offline, false",
            "!>, disabled, true",
            "!>, maintenance, true",
            "!>, absent, true"}) void oneDependency(String arrow, String b, boolean expected) {
        Scene scene = Scene.of("a " + arrow + " b" + (b.equals("absent") ? "" : "\nb")).is("a", State.OFFLINE);
        if (b.equals("disabled")) {
            scene.isDisabled("b");
        } else if (!b.equals("absent")) {
            scene.is("b", State.valueOf(b.toUpperCase(java.util.Locale.ROOT)));
        }
        assertEquals(expected, Potential.of(scene.world(), Drawing.instance("a")));
    }

    @Test void whatADependencyNeedsCountsToo() {
        var scene = Scene.of("a -> b\nb -> c\nc").is("a", State.OFFLINE).is("b", State.OFFLINE).isDisabled("c");
        assertPotential(false, scene);
        assertPotential(true, scene.setting("c", EnabledSetting.ENABLED, ""));
    }

    @Test void aServiceNeedsOneInstance() {
        var scene = Scene.of("a -> @b\nb:x\nb:y").is("a", State.OFFLINE).isDisabled("b:x").is("b:y", State.OFFLINE);
        assertPotential(true, scene);
        assertPotential(false, scene.is("b:y", State.MAINTENANCE));
    }

    @Test void files() {
        assertPotential(false, Scene.of("a -> /x"));
        assertPotential(true, Scene.of("a -> /x").has("/x"));
        assertPotential(false, Scene.of("a !> /x").has("/x"));
        assertPotential(true, Scene.of("a ?> /x /y").has("/y"));
    }

    @Test void emptyGroupsAndMistakesLeadSomewhere() {
        assertPotential(true, Scene.of("a ?>"));
        assertPotential(true, Scene.of("a is broken"));
    }

    @Test void aRestarterIsRequired() {
        assertPotential(false, Scene.of("a by inetd"));
        assertPotential(false, Scene.of("a by inetd\ninetd").isDisabled("inetd"));
        assertPotential(true, Scene.of("a by inetd\ninetd"));
    }

    @Test void whoWaitForEachOtherHaveNone() {
        assertPotential(false, Scene.of("a -> b\nb -> a").is("a", State.OFFLINE).is("b", State.OFFLINE));
    }

    @Test void aWayAroundACycleIsFound() {
        var scene = Scene.of("a ?> b c\nb -> a\nc").is("a", State.OFFLINE).is("b", State.OFFLINE).is("c", State.OFFLINE);
        assertPotential(true, scene);
        assertEquals(true, Potential.of(scene.world(), Drawing.instance("b")));
    }

    @Test void aChainOfTenThousand() {
        var scene = Scene
                .of(IntStream.range(1, 10_000).mapToObj(i -> "c" + i + " -> c" + (i - 1)).collect(Collectors.joining("\n")) + "\nc0");
        IntStream.range(0, 10_000).forEach(i -> scene.is("c" + i, State.OFFLINE));
        assertEquals(true, Potential.of(scene.world(), Drawing.instance("c9999")));
    }

    private static void assertPotential(boolean expected, Scene scene) {
        assertEquals(expected, Potential.of(scene.world(), Drawing.instance("a")));
    }
}
