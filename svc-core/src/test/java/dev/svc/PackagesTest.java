package dev.svc;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Definition;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the packages of the daemon, as docs and package comments draw them, compared with what the JDK's own
 * {@code jdeps} finds in the compiled classes.
 */
class PackagesTest {
    /** "May use", before following the arrows further. All may use names and values: {@link #VALUES}. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("manifest", Set.of("model")),
            Map.entry("repository", Set.of("model", "protocol")),
            Map.entry("graph", Set.of("model")),
            Map.entry("restarter", Set.of("model")),
            Map.entry("takeover", Set.of("graph", "restarter")),
            Map.entry("posix", Set.of()),
            Map.entry("contract", Set.of("posix", "restarter", "protocol")),
            Map.entry("engine", Set.of("graph", "restarter", "takeover", "contract", "repository")),
            Map.entry("control", Set.of("engine", "manifest", "protocol")),
            Map.entry("startd", Set.of("control", "engine", "manifest", "takeover", "posix")));

    private static final Set<String> VALUES = Set.of("fmri", "property");
    private static final Set<String> PURE = Set.of("model", "graph", "restarter", "takeover");

    /** What a pure package cannot want: the outside world, other threads, and the time of day. */
    private static final Predicate<String> IMPURE = Pattern.compile("java\\.(io|nio\\.file|sql|net|util\\.concurrent)\\..*"
            + "|java\\.lang\\.(Process.*|Runtime|Thread.*|System.*)|java\\.time\\.Clock").asMatchPredicate();

    /** Libraries which one package alone knows. */
    private static final Map<String, Predicate<String>> CONFINED = Map.of(
            "manifest", starting("jakarta.xml.bind."),
            "repository", starting("java.sql.", "org.sqlite."),
            "posix", starting("jnr.", "java.lang.foreign."));

    private static Set<Use> uses;

    /** A class uses another; both by their full names. */
    private record Use(String from, String to) {
        private static final Pattern LINE = Pattern.compile("\\s+(\\S+)\\s+-> (\\S+)\\s.*");
        private static final String OURS = "dev.svc.";

        static Stream<Use> of(String line) {
            return LINE.matcher(line).results().map(found -> new Use(found.group(1), found.group(2)));
        }

        String fromPackage() {
            return part(from);
        }

        String toPackage() {
            return part(to);
        }

        boolean staysInside() {
            return to.startsWith(OURS);
        }

        private static String part(String type) {
            return type.substring(OURS.length(), type.lastIndexOf('.')).split("\\.")[0];
        }
    }

    @BeforeAll static void readClasses() throws Exception {
        Path classes = Path.of(Definition.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var output = new StringWriter();
        int status = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(output), new PrintWriter(output), "-verbose:class",
                "-filter:none", "--multi-release", "base", "--ignore-missing-deps", "-cp", System.getProperty("java.class.path"),
                classes.toString());
        assertEquals(0, status, output.toString());
        uses = output.toString().lines().flatMap(Use::of).filter(use -> use.from().startsWith(Use.OURS)).collect(toSet());
        assertTrue(uses.stream().anyMatch(use -> use.fromPackage().equals("model")), "jdeps said: " + output);
    }

    @Test void everyPackageIsOnTheMap() {
        Set<String> packages = uses.stream().map(Use::fromPackage).filter(p -> !VALUES.contains(p)).collect(toSet());
        packages.removeAll(ARROWS.keySet());
        packages.remove("protocol");
        assertEquals(Set.of(), packages);
    }

    @Test void packagesUseOnlyWhatTheirArrowsReach() {
        assertNone(use -> use.staysInside() && ARROWS.containsKey(use.fromPackage())
                && !reachable(use.fromPackage()).contains(use.toPackage()));
    }

    @Test void purePackagesKnowNoOutsideWorld() {
        assertNone(use -> PURE.contains(use.fromPackage()) && IMPURE.test(use.to()));
    }

    @Test void librariesAreConfined() {
        CONFINED.forEach((owner, library) -> assertNone(use -> library.test(use.to()) && !use.fromPackage().equals(owner)));
    }

    @Test void onlyThePartsThatActWriteToTheLog() {
        Set<String> speaking = Set.of("engine", "contract", "repository", "control", "startd");
        assertNone(use -> use.to().startsWith("java.lang.System$Logger") && !speaking.contains(use.fromPackage()));
    }

    private static Set<String> reachable(String from) {
        Set<String> reached = new HashSet<>(VALUES);
        var next = new TreeSet<>(Set.of(from));
        while (!next.isEmpty()) {
            String at = next.removeFirst();
            if (reached.add(at)) {
                next.addAll(ARROWS.getOrDefault(at, Set.of()));
            }
        }
        return reached;
    }

    private static void assertNone(Predicate<Use> wrong) {
        List<String> found = uses.stream().filter(wrong).map(use -> use.from() + " uses " + use.to()).sorted().toList();
        assertEquals(List.of(), found);
    }

    private static Predicate<String> starting(String... prefixes) {
        return type -> Stream.of(prefixes).anyMatch(type::startsWith);
    }
}
