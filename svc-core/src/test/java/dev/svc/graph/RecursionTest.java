package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecursionTest {
    @Test void theInstanceFirstThenAllThatIsRequiredDepthFirst() {
        assertEquals(List.of("web", "app", "db", "net"), enabled("""
                web -> app net
                web ~> log
                web !> old
                web -> /etc/web
                app -> db
                db
                net
                log
                old
                """));
    }

    @Test void aServiceOfOneInstanceMeansThatInstance() {
        assertEquals(List.of("web", "db"), enabled("web -> @db\ndb"));
    }

    @Test void aRestarterIsEnabledToo() {
        assertEquals(List.of("web", "inetd"), enabled("web by inetd\ninetd"));
    }

    @Test void whereThereIsNoChoiceItIsFollowed() {
        assertEquals(List.of("web", "db"), enabled("web ?> db @absent\ndb"));
    }

    @Test void aChoiceIsLeftToTheAdministrator() {
        var recursion = of("web ?> a @b\na\nb");
        assertEquals(List.of("svc:/web:default requires one of:", "  svc:/a:default", "  svc:/b"), recursion.notes());
        assertEquals(1, recursion.instances().size());
        assertEquals(List.of(), recursion.warnings());
    }

    @Test void whatIsNotThereOrAmbiguousIsWarnedOf() {
        assertEquals(
                List.of(
                        "No such instance \"svc:/ghost:default\".",
                        "No such service \"svc:/phantom\".",
                        "Operation on service svc:/db is ambiguous; an instance must be named: it has 2 instances."),
                of("web -> ghost @phantom @db\ndb:a\ndb:b").warnings());
    }

    @Test void cyclesEnd() {
        var recursion = of("web -> app\napp -> web");
        assertEquals(List.of("svc:/web:default: Dependency cycle detected."), recursion.warnings());
        assertEquals(2, recursion.instances().size());
    }

    @Test void commonDependenciesAreNoCycle() {
        assertEquals(List.of(), of("web -> a b\na -> c\nb -> c\nc").warnings());
    }

    @Test void listingsNameInstances() {
        World world = Scene.of("""
                web -> @db net net /etc/x
                web !> old
                db:a
                db:b
                net
                old
                app -> db:a
                """).world();
        assertEquals(
                List.of("db:a", "db:b", "net", "net"),
                world.dependencies(Drawing.instance("web")).stream().map(Drawing::word).toList());
        assertEquals(List.of("web", "app"), words(world.dependents(Drawing.instance("db:a"))));
        assertEquals(List.of("web"), words(world.dependents(Drawing.instance("db:a").serviceFmri())));
        assertEquals(List.of(), words(world.dependents(Drawing.instance("old"))));
    }

    private static List<String> words(List<dev.svc.fmri.InstanceFmri> instances) {
        return instances.stream().map(Drawing::word).toList();
    }

    private static List<String> enabled(String drawing) {
        return words(of(drawing).instances());
    }

    private static Recursion of(String drawing) {
        return Recursion.of(Scene.of(drawing).world(), Drawing.instance("web"));
    }
}
