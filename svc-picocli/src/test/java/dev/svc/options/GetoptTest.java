package dev.svc.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GetoptTest {
    private final List<String> seen = new ArrayList<>();

    private List<String> parse(String... arguments) {
        seen.clear();
        Getopt getopt = new Getopt("x").flag("-a", () -> seen.add("a")).flag("-H", () -> seen.add("H")).flag("-?", () -> seen.add("?"))
                .flag("--help", () -> seen.add("help")).option("-o", v -> seen.add("o " + v)).option("-s", v -> seen.add("s " + v))
                .option("-S", v -> seen.add("S " + v));
        return getopt.parse(List.of(arguments));
    }

    @Test void lettersMayBeJoinedAndOptionsFollowTheirArguments() {
        assertEquals(List.of("web"), parse("-Ho", "fmri,state", "-a", "web"));
        assertEquals(List.of("H", "o fmri,state", "a"), seen);
    }

    @Test void argumentMayBeJoined() {
        parse("-ofmri", "-aHofmri");
        assertEquals(List.of("o fmri", "a", "H", "o fmri"), seen);
    }

    @Test void occurrencesComeInTheirOrder() {
        parse("-s", "state", "-S", "fmri", "-s", "stime");
        assertEquals(List.of("s state", "S fmri", "s stime"), seen);
    }

    @Test void firstOperandEndsTheOptions() {
        assertEquals(List.of("web", "-a", "--help"), parse("web", "-a", "--help"));
        assertEquals(List.of(), seen);
    }

    @Test void twoDashesEndTheOptions() {
        assertEquals(List.of("-a"), parse("-H", "--", "-a"));
        assertEquals(List.of("H"), seen);
    }

    @Test void argumentMayLookLikeAnOption() {
        parse("-o", "-a", "-s", "--help", "-o", "", "-S", "\"x\"");
        assertEquals(List.of("o -a", "s --help", "o ", "S \"x\""), seen);
    }

    @Test void loneDashIsAnOperandAndNothingIsExpanded() {
        assertEquals(List.of("-", "@/etc/passwd", "-a"), parse("-", "@/etc/passwd", "-a"));
        assertEquals(List.of("@/etc/passwd"), parse("@/etc/passwd"));
    }

    @Test void repeatedFlagIsSeenTwice() {
        parse("-aa", "-a");
        assertEquals(List.of("a", "a", "a"), seen);
    }

    @Test void questionMarkIsAnOption() {
        parse("-?", "--help");
        assertEquals(List.of("?", "help"), seen);
    }

    @Test void unknownOptionOrMissingArgumentIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> parse("-Q"));
        assertThrows(IllegalArgumentException.class, () -> parse("-aQ"));
        assertThrows(IllegalArgumentException.class, () -> parse("--nope"));
        assertThrows(IllegalArgumentException.class, () -> parse("-o"));
        assertThrows(IllegalArgumentException.class, () -> parse("-aH-"));
    }
}
