package dev.svc.svcprop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.command.CannedManager;
import dev.svc.command.CannedManager.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvcpropTest {
    private static final String CONFIG = group("config", "", property("hosts", "astring", "\"alpha\",\"beta\",\"gamma\""),
            property("port", "count", "\"8080\""), property("motd", "astring", "\"hello (world)\""), property("banner", "astring", "\"\""),
            property("none", "astring", ""));

    @TempDir Path root;

    private CannedManager manager;

    @BeforeEach void open() throws IOException {
        manager = new CannedManager(root);
    }

    @AfterEach void close() {
        manager.close();
    }

    private Outcome svcprop(String... arguments) {
        return manager.run("svcprop", console -> Svcprop.run(List.of(arguments), console));
    }

    private static String property(String name, String type, String values) {
        return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\",\"values\":[" + values + "]}";
    }

    private static String group(String name, String holder, String... properties) {
        return "{\"name\":\"" + name + "\",\"type\":\"application\"," + (holder.isEmpty() ? "" : "\"holder\":\"" + holder + "\",")
                + "\"properties\":[" + String.join(",", properties) + "]}";
    }

    private static String entity(String fmri, String kind, String... groups) {
        return "{\"entity\":\"" + fmri + "\",\"kind\":\"" + kind + "\",\"groups\":[" + String.join(",", groups) + "]}";
    }

    private static String web(String... groups) {
        return entity("svc:/site/web:blue", "instance", groups);
    }

    private void assertPrints(Outcome outcome, String expected) {
        assertEquals(new Outcome(0, expected, ""), outcome);
    }

    @Test void onePropertyIsItsBareValues() {
        manager.answering(web(CONFIG)).answering(web(CONFIG)).answering(web(CONFIG)).answering(web(CONFIG));
        assertPrints(svcprop("-p", "config/hosts", "web:blue"), "alpha beta gamma\n");
        assertPrints(svcprop("-p", "config/motd", "web:blue"), "hello\\ \\(world\\)\n");
        assertPrints(svcprop("-p", "config/banner", "web:blue"), "\"\"\n");
        assertPrints(svcprop("-p", "config/none", "web:blue"), "\n");
        assertEquals("{\"do\":\"properties\",\"patterns\":[\"web:blue\"],\"view\":\"effective\",\"groups\":[\"config/hosts\"]}",
                manager.requests().getFirst());
    }

    @Test void wholeGroupIsTyped() {
        manager.answering(web(CONFIG));
        assertPrints(svcprop("-p", "config", "web:blue"), """
                config/hosts astring alpha beta gamma
                config/port count 8080
                config/motd astring hello\\ \\(world\\)
                config/banner astring ""
                config/none astring\s
                """);
    }

    @Test void selectionsArePrintedInTheirOrder() {
        manager.answering(web(CONFIG)).answering(web(CONFIG, group("x", "", property("y", "integer", "\"-1\""))));
        assertPrints(svcprop("-p", "config/port", "-p", "config/hosts", "web"), "8080\nalpha beta gamma\n");
        assertPrints(svcprop("-p", "config/port", "-p", "x", "web"), "config/port count 8080\nx/y integer -1\n");
    }

    @Test void groupThatComesTwiceIsOne() {
        manager.answering(web(group("g", "", property("a", "count", "\"1\"")), group("g", "", property("b", "count", "\"2\""))));
        assertPrints(svcprop("-p", "g/a", "-p", "g/b", "web"), "1\n2\n");
    }

    @Test void severalEntitiesHaveFullDesignators() {
        manager.answering(web(group("r", "", property("state", "astring", "\"online\""))),
                entity("svc:/site/web:green", "instance", group("r", "", property("state", "astring", "\"disabled\""))));
        assertPrints(svcprop("-p", "r/state", "web:blue", "web:green"), """
                svc:/site/web:blue/:properties/r/state astring online
                svc:/site/web:green/:properties/r/state astring disabled
                """);
    }

    @Test void designatorsAreForced() {
        manager.answering(web(CONFIG)).answering(web(CONFIG))
                .answering(web(group("config", "svc:/site/web", property("p", "count", "\"1\""))));
        assertPrints(svcprop("-tp", "config/port", "web"), "config/port count 8080\n");
        assertPrints(svcprop("-fp", "config/port", "web"), "svc:/site/web:blue/:properties/config/port count 8080\n");
        assertPrints(svcprop("-cfp", "config/p", "web"), "svc:/site/web/:properties/config/p count 1\n");
    }

    @Test void withoutSelectionEverythingIsTyped() {
        manager.answering(entity("svc:/site/web", "service", group("a", "", property("b", "boolean", "\"true\"")),
                group("c", "", property("d", "time", "\"1741097330.042117000\""))));
        assertPrints(svcprop("site/web"), "a/b boolean true\nc/d time 1741097330.042117000\n");
    }

    @Test void propertyOperandIsBareAndGroupOperandTyped() {
        manager.answering(entity("svc:/a:b/:properties/config/port", "property", group("config", "", property("port", "count", "\"80\""))))
                .answering(entity("svc:/a:b/:properties/config", "group", CONFIG))
                .answering(entity("svc:/a:b/:properties/config", "group", CONFIG))
                .answering(entity("svc:/a:b/:properties/config", "group", CONFIG));
        assertPrints(svcprop("svc:/a:b/:properties/config/port"), "80\n");
        assertTrue(svcprop("-f", "svc:/a:b/:properties/config").out().startsWith("svc:/a:b/:properties/config/hosts astring alpha"));
        assertPrints(svcprop("-p", "port", "svc:/a:b/:properties/config"), "8080\n");
        assertEquals(new Outcome(1, "", "svcprop: Couldn't find property `nope' in property group `svc:/a:b/:properties/config'\n"),
                svcprop("-p", "nope", "svc:/a:b/:properties/config"));
    }

    @Test void absentSelectionsAreNamedAndTheOthersPrinted() {
        manager.answering(web(CONFIG), "{\"entity\":\"svc:/site/web:blue\",\"missing\":\"config/x\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "8080\n", "svcprop: Couldn't find property `config/x' for instance `svc:/site/web:blue'\n"),
                svcprop("-p", "config/x", "-p", "config/port", "web"));
        manager.answering("{\"entity\":\"svc:/site/web\",\"missing\":\"pg\"}");
        assertEquals(new Outcome(1, "", "svcprop: Couldn't find property group `pg' for service `svc:/site/web'\n"),
                svcprop("-p", "pg", "site/web"));
    }

    @Test void quietTellsByStatus() {
        manager.answering(web(CONFIG)).answering(web(), "{\"status\":1}").answering(web(), "{\"status\":1}")
                .answering("{\"warning\":\"Pattern 'x' doesn't match any entities\"}", "{\"status\":1}").answering(web(CONFIG));
        assertEquals(new Outcome(0, "", ""), svcprop("-q", "-p", "config/port", "web"));
        assertEquals(new Outcome(1, "", ""), svcprop("-qp", "config/port", "web"));
        assertEquals(new Outcome(1, "", "svcprop: Couldn't find property `config/port' for instance `svc:/site/web:blue'\n"),
                svcprop("-qvp", "config/port", "web"));
        assertEquals(new Outcome(1, "", ""), svcprop("-q", "x"));
        assertEquals(new Outcome(0, "", ""), svcprop("-q", "web"));
    }

    @Test void patternWithoutMatchFails() {
        manager.answering("{\"warning\":\"Pattern 'x' doesn't match any entities\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "", "svcprop: Pattern 'x' doesn't match any entities\n"), svcprop("x"));
    }

    @ParameterizedTest
    @CsvSource({"-c, current", "-C, own", "-t, effective"}) void viewIsAskedFor(String option, String view) {
        manager.answering();
        svcprop(option, "web");
        assertEquals(List.of("{\"do\":\"properties\",\"patterns\":[\"web\"],\"view\":\"" + view + "\"}"), manager.requests());
    }

    @Test void snapshotIsAskedFor() {
        manager.answering();
        svcprop("-s", "last-import", "web");
        assertEquals(List.of("{\"do\":\"properties\",\"patterns\":[\"web\"],\"view\":\"snapshot\",\"snapshot\":\"last-import\"}"),
                manager.requests());
        assertEquals(new Outcome(1, "", "svcprop: Invalid snapshot name.\n"), svcprop("-s", "no good", "web"));
    }

    @Test void waitingAsksForAWatch() {
        manager.answering(web(CONFIG));
        assertPrints(svcprop("-wp", "config/port", "web:blue"), "8080\n");
        assertEquals(List.of("{\"do\":\"watch\",\"patterns\":[\"web:blue\"],\"view\":\"own\",\"groups\":[\"config/port\"]}"),
                manager.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t", "-Q web", "-C -c web", "-c -s running web", "-w -C -p a web", "-p a/b/c web", "-p 0 web", "-p a/ web",
            "-w web", "-w -p a x y", "-w -p a -p b x", "-p x svc:/a:b/:properties/g/p", "-p g/p svc:/a:b/:properties/g",
            "-a web"}) void misuseIsUsage(String line) {
        Outcome outcome = svcprop(line.split(" "));
        assertEquals(2, outcome.status(), outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("svcprop: ") && outcome.err().contains("Usage: svcprop"), outcome.err());
    }

    @Test void cannotWaitForEverythingOfAnEntity() {
        assertTrue(svcprop("-w", "a/b:c").err().contains("Cannot wait for an instance."));
        assertTrue(svcprop("-w", "a/b").err().contains("Cannot wait for a service."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '%', value = {"; ~ \\;", "& ~ \\&", "( ~ \\(", ") ~ \\)", "| ~ \\|", "^ ~ \\^", "< ~ \\<",
            "> ~ \\>", "a b ~ a\\ b", "\\ ~ \\\\", "\" ~ \\\"", "' ~ \\'", "` ~ \\`", "$*?[]{}#! ~ $*?[]{}#!", "%a\tb% ~ %a\\\tb%",
            "%a\nb% ~ %a\\\nb%"}) void metacharactersAreBehindABackslash(String value, String quoted) {
        StringBuilder text = new StringBuilder();
        Quoted.append(text, value);
        assertEquals(quoted, text.toString());
    }

    @Test void hiddenValuesAreAbsentUntilSelected() {
        String hidden = web(group("g", "", "{\"name\":\"key\",\"type\":\"astring\",\"values\":[],\"hidden\":true}"));
        manager.answering(hidden).answering(hidden);
        assertPrints(svcprop("web"), "g/key astring \n");
        assertEquals(new Outcome(1, "", "svcprop: Permission denied.\n"), svcprop("-p", "g/key", "web"));
    }

    @Test void zonesAreNotHere() {
        assertEquals(new Outcome(1, "", "svcprop: svcprop -z may only be used from the global zone\n"), svcprop("-z", "x", "web"));
    }

    @Test void helpAndVersion() {
        assertTrue(svcprop("-?").out().startsWith("Usage: svcprop"));
        assertTrue(svcprop("--version").out().startsWith("svcprop (SVC) "));
    }
}
