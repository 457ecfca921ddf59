package dev.svc.svccfg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.command.CannedManager;
import dev.svc.command.CannedManager.Outcome;
import dev.svc.command.Console;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.Known;
import dev.svc.repository.Place;
import dev.svc.repository.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvccfgTest {
    private static final String MANIFEST = """
            <?xml version='1.0'?>
            <!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>
            <service_bundle type='manifest' name='web'>
              <service name='site/web' type='service' version='1'>
                <create_default_instance enabled='false'/>
                <instance name='second' enabled='false'/>
              </service>
            </service_bundle>
            """;
    private static final String PROFILE = "<service_bundle type='profile' name='p'/>";

    @TempDir Path root;
    @TempDir Path files;

    private CannedManager manager;

    @BeforeEach void open() throws IOException {
        manager = new CannedManager(root);
    }

    @AfterEach void close() {
        manager.close();
    }

    private Outcome svccfg(String... arguments) {
        return manager.run("svccfg", console -> Svccfg.run(List.of(arguments), console));
    }

    private Path file(String name, String content) throws IOException {
        Path file = files.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    // --- command line

    @Test void misuseIsUsage() {
        for (String line : List.of("-q", "-s", "import -x a.xml", "delete -q a")) {
            Outcome outcome = svccfg(line.split(" "));
            assertEquals(2, outcome.status(), line);
            assertTrue(outcome.err().startsWith("svccfg: ") && outcome.err().contains("Usage: svccfg"), outcome.err());
        }
    }

    @Test void unknownCommandIsToldAndFails() {
        assertEquals(new Outcome(1, "", "svccfg: Unknown command \"bogus\".\n"), svccfg("bogus"));
    }

    @Test void interactiveModeIsRefusedInsteadOfHalfDone() {
        assertEquals(new Outcome(1, "",
                "svccfg: interactive mode is not there yet; give a subcommand on the command line (svccfg help lists them)\n"),
                svccfg());
        assertEquals(1, svccfg("-f", "script").status());
    }

    @Test void helpListsTheSubcommands() {
        assertTrue(svccfg("help").out().contains("import [-V] FILE|DIRECTORY ..."));
        assertTrue(svccfg("--help").out().startsWith("Usage: svccfg "));
        assertEquals("Usage: inventory FILE\n\nLists the instances and services in a manifest; needs no manager.\n",
                svccfg("help", "inventory").out());
        assertTrue(svccfg("--version").out().startsWith("svccfg (SVC) "));
    }

    // --- import

    @Test void importSendsTheFileAndIsSilent() throws IOException {
        Path file = file("web.xml", "<a/>");
        manager.answering("{\"imported\":\"svc:/site/web:default\"}");
        assertEquals(new Outcome(0, "", ""), svccfg("import", file.toString()));
        assertEquals(List.of("{\"do\":\"import\",\"name\":\"" + file + "\",\"path\":\"" + file.toRealPath() + "\",\"bundle\":\"<a/>\"}"),
                manager.requests());
    }

    @Test void verboseImportTellsWhatWasDone() throws IOException {
        Path file = file("web.xml", "<a/>");
        manager.answering("{\"progress\":\"Refreshed svc:/site/web:default.\"}");
        assertEquals(new Outcome(0, "Refreshed svc:/site/web:default.\nSuccessful import.\n", ""),
                svccfg("-v", "import", file.toString()));
    }

    @Test void bytesThatAreNotAsciiTravelAsTheyAre() throws IOException {
        Path file = files.resolve("latin.xml");
        Files.write(file, "\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        manager.answering();
        assertEquals(0, svccfg("import", file.toString()).status());
        assertTrue(manager.requests().getFirst().contains("\"base64\":\"5A==\""), manager.requests().toString());
    }

    @Test void errorsFailAndWarningsDoNot() throws IOException {
        Path file = file("web.xml", "<a/>");
        manager.answering("{\"error\":\"web.xml:3: wrong\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "", "svccfg: web.xml:3: wrong\n"), svccfg("import", file.toString()));
        manager.answering("{\"warning\":\"Conflict upgrading svc:/a (x).\"}");
        assertEquals(new Outcome(0, "", "svccfg: Conflict upgrading svc:/a (x).\n"), svccfg("import", file.toString()));
    }

    @Test void directoryIsImportedInOrderAndOneFailureDoesNotStopTheOthers() throws IOException {
        file("b/two.xml", "<two/>");
        file("a/one.xml", "<one/>");
        file("c/three.xml", "<three/>");
        file("c/readme.txt", "no manifest");
        manager.answering("{\"imported\":\"svc:/one\"}").answering("{\"error\":\"two.xml:1: wrong\"}", "{\"status\":1}")
                .answering("{\"imported\":\"svc:/three\"}");
        assertEquals(new Outcome(1,
                "Loaded 2 smf(5) service descriptions\n1 smf(5) service descriptions failed to load\n", "svccfg: two.xml:1: wrong\n"),
                svccfg("import", files.toString()));
        assertEquals(List.of("<one/>", "<two/>", "<three/>"),
                manager.requests().stream().map(r -> r.replaceAll(".*\"bundle\":\"(.*)\"}", "$1")).toList());
    }

    @Test void importingAnUnchangedDirectoryIsSilent() throws IOException {
        file("a.xml", "<a/>");
        manager.answering("{\"unchanged\":true}").answering("{\"unchanged\":true}");
        assertEquals(new Outcome(0, "", ""), svccfg("import", files.toString()));
        assertEquals(new Outcome(0, "No changes were necessary\n", ""), svccfg("-v", "import", files.toString()));
    }

    @Test void profilesInADirectoryAreLookedAtAndLeftOut() throws IOException {
        file("a.xml", "<a/>");
        file("profile.xml", PROFILE);
        manager.answering("{\"imported\":\"svc:/a\"}").answering();
        assertEquals(new Outcome(0, "Loaded 1 smf(5) service descriptions\n1 profiles left out; svccfg apply applies them\n", ""),
                svccfg("import", files.toString()));
        assertTrue(manager.requests().get(1).startsWith("{\"do\":\"validate\""), manager.requests().toString());
    }

    @Test void profileNamedItselfIsImportedAndSoRefused() throws IOException {
        Path profile = file("profile.xml", PROFILE);
        manager.answering("{\"error\":\"profile.xml: document is not a manifest; it is of type profile\"}", "{\"status\":1}");
        assertEquals(1, svccfg("import", profile.toString()).status());
        assertTrue(manager.requests().getFirst().startsWith("{\"do\":\"import\""));
    }

    @Test void fileThatIsNotThereStopsEverythingBeforeItBegins() throws IOException {
        Path file = file("a.xml", "<a/>");
        assertEquals(new Outcome(1, "", "svccfg: Unable to stat file /nowhere.xml.  No such file or directory\n"),
                svccfg("import", file.toString(), "/nowhere.xml"));
        assertEquals(List.of(), manager.requests());
    }

    @Test void hugeFileIsNotSent() throws IOException {
        Path file = file("huge.xml", "x".repeat(10 << 20));
        assertEquals(new Outcome(1, "",
                "svccfg: " + file + ":1: couldn't parse document: 10485760 bytes; a service bundle has at most 1048576\n"),
                svccfg("import", file.toString()));
        assertEquals(List.of(), manager.requests());
    }

    @Test void withoutManagerItIsSaidOnce() throws IOException {
        file("a.xml", "<a/>");
        file("b.xml", "<a/>");
        Outcome outcome = CannedManager.run("svccfg", files, console -> Svccfg.run(List.of("import", files.toString()), console));
        assertEquals(1, outcome.status());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test void applySendsProfiles() throws IOException {
        Path profile = file("profile.xml", PROFILE);
        manager.answering().answering().answering("{\"error\":\"profile.xml:1: wrong\"}", "{\"status\":1}");
        assertEquals(new Outcome(0, "Successfully applied: " + profile + "\n", ""), svccfg("-v", "apply", profile.toString()));
        assertEquals(0, svccfg("apply", "-n", profile.toString()).status());
        assertEquals(
                new Outcome(1, "", "svccfg: profile.xml:1: wrong\nsvccfg: WARNING: Failed to apply " + profile + "\n"),
                svccfg("apply", profile.toString()));
        assertTrue(manager.requests().getFirst().startsWith("{\"do\":\"apply\""));
        assertTrue(manager.requests().get(1).startsWith("{\"do\":\"validate\""));
    }

    // --- export, delete

    @Test void exportPrintsOrWritesTheManifest() throws IOException {
        String line = "{\"service\":\"svc:/site/web\",\"bundle\":\"<a/>\\n\"}";
        manager.answering(line).answering(line);
        assertEquals(new Outcome(0, "<a/>\n", ""), svccfg("export", "web"));
        Path file = file("out.xml", "old");
        assertEquals(new Outcome(0, "", ""), svccfg("-s", "web", "export", "-a", ">", file.toString()));
        assertEquals("<a/>\n", Files.readString(file));
        assertEquals(List.of("{\"do\":\"export\",\"patterns\":[\"web\"]}", "{\"do\":\"export\",\"patterns\":[\"web\"],\"all\":true}"),
                manager.requests());
    }

    @Test void exportOfSeveralServicesIsRefused() {
        manager.answering("{\"service\":\"svc:/a/web\",\"bundle\":\"\"}", "{\"service\":\"svc:/b/web\",\"bundle\":\"\"}");
        assertEquals(new Outcome(1, "", "svccfg: Pattern 'web' matches multiple services:\n    svc:/a/web\n    svc:/b/web\n"),
                svccfg("export", "web"));
    }

    @Test void exportOfNothingFails() {
        manager.answering("{\"warning\":\"Pattern 'x' doesn't match any instances or services\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "", "svccfg: Pattern 'x' doesn't match any instances or services\n"), svccfg("export", "x"));
    }

    @Test void deleteAsksTheManager() {
        manager.answering("{\"done\":\"svc:/a\",\"text\":\"svc:/a deleted.\"}").answering().answering();
        assertEquals(new Outcome(0, "svc:/a deleted.\n", ""), svccfg("-v", "delete", "a"));
        assertEquals(0, svccfg("delete", "-f", "a:b").status());
        assertEquals(0, svccfg("-s", "svc:/a", "delete", "b").status());
        assertEquals(List.of("{\"do\":\"delete\",\"patterns\":[\"a\"]}", "{\"do\":\"delete\",\"patterns\":[\"a:b\"],\"force\":true}",
                "{\"do\":\"delete\",\"patterns\":[\"svc:/a:b\"]}"), manager.requests());
    }

    @Test void deleteOfWhatRunsIsRefusedByTheManager() {
        manager.answering("{\"error\":\"Instance svc:/a:b may be running.  Use delete -f if it is not.\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "", "svccfg: Instance svc:/a:b may be running.  Use delete -f if it is not.\n"),
                svccfg("delete", "a:b"));
    }

    // --- without a manager

    @Test void validateNeedsNoManager() throws IOException {
        Path good = file("good.xml", MANIFEST);
        Path bad = file("bad.xml", MANIFEST.replace("<instance ", "<instanz "));
        close();
        assertEquals(new Outcome(0, "", ""), svccfg("validate", good.toString()));
        Outcome outcome = svccfg("validate", bad.toString(), good.toString());
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().startsWith("svccfg: " + bad + ":6: element instanz is not allowed in service \"site/web\"; "),
                outcome.err());
        assertTrue(outcome.err().endsWith("svccfg: Validation failed.\n"), outcome.err());
    }

    @Test void inventoryListsInstancesThenServices() throws IOException {
        assertEquals(new Outcome(0, "svc:/site/web:default\nsvc:/site/web:second\nsvc:/site/web\n", ""),
                svccfg("inventory", file("web.xml", MANIFEST).toString()));
    }

    // --- properties

    private static final String ENTITY = "{\"entity\":\"svc:/site/web\",\"kind\":\"service\",\"groups\":["
            + "{\"name\":\"config\",\"type\":\"application\",\"properties\":["
            + "{\"name\":\"port\",\"type\":\"count\",\"values\":[\"8080\"]},"
            + "{\"name\":\"peers\",\"type\":\"hostname\",\"values\":[\"a\",\"b\"]},"
            + "{\"name\":\"motd\",\"type\":\"astring\",\"values\":[\"hello \\\"there\\\"\"]},"
            + "{\"name\":\"list\",\"type\":\"astring\",\"values\":[\"one\",\"two\"]},"
            + "{\"name\":\"none\",\"type\":\"count\",\"values\":[]}]},"
            + "{\"name\":\"restarter\",\"type\":\"framework\",\"properties\":[]}]}";

    @Test void propertiesAreListedInColumns() {
        manager.answering(ENTITY).answering(ENTITY).answering(ENTITY).answering(ENTITY);
        assertEquals("""
                config        application
                config/port   count    8080
                config/peers  hostname  a b
                config/motd   astring  "hello \\"there\\""
                config/list   astring  "one" "two"
                config/none   count
                restarter     framework\tNONPERSISTENT
                """, svccfg("-s", "web", "listprop").out());
        assertEquals("config     application\nrestarter  framework\tNONPERSISTENT\n", svccfg("-s", "web", "listpg").out());
        assertEquals("config/port  count    8080\n", svccfg("-s", "web", "listprop", "config/p?rt").out());
        assertEquals(new Outcome(0, "", ""), svccfg("-s", "web", "listprop", "general/enabled"));
        assertEquals("{\"do\":\"properties\",\"patterns\":[\"web\"],\"view\":\"own\",\"prefer\":\"services\"}",
                manager.requests().getFirst());
    }

    private String edit(String... arguments) {
        manager.answering(ENTITY).answering();
        List<String> all = new java.util.ArrayList<>(List.of("-s", "web"));
        all.addAll(List.of(arguments));
        Outcome outcome = svccfg(all.toArray(String[]::new));
        assertEquals(new Outcome(0, "", ""), outcome);
        String prefix = "{\"do\":\"edit\",\"entity\":\"svc:/site/web\",\"edits\":[{\"edit\":";
        String request = manager.requests().getLast();
        assertTrue(request.startsWith(prefix) && request.endsWith("}]}"), request);
        return request.substring(prefix.length(), request.length() - 3).replace("\"", "'");
    }

    @Test void setpropTakesOneWordOrManyWithOrWithoutTypeAndBlanks() {
        String typed = "'setprop','group':'config','property':'port','type':'count','values':['80']";
        String untyped = "'setprop','group':'config','property':'port','values':['80']";
        assertEquals(typed, edit("setprop", "config/port = count: 80"));
        assertEquals(typed, edit("setprop", "config/port", "=", "count:", "80"));
        assertEquals(typed, edit("setprop", "config/port=count:", "80"));
        assertEquals(untyped, edit("setprop", "config/port=80"));
        assertEquals(untyped, edit("setprop", "config/port = 80"));
        assertEquals(untyped.replace("80", "count:80"), edit("setprop", "config/port = count:80"));
        assertEquals(untyped.replace("'80'", ""), edit("setprop", "config/port", "="));
    }

    @Test void setpropTakesTextsAndLists() {
        String motd = "'setprop','group':'config','property':'motd','values':['two words']";
        assertEquals(motd, edit("setprop", "config/motd", "=", "\"two words\""));
        assertEquals(motd, edit("setprop", "config/motd = \"two words\""));
        assertEquals(motd, edit("setprop", "config/motd", "=", "two words"));
        assertEquals("'setprop','group':'config','property':'list','type':'astring','values':['one','t(wo']",
                edit("setprop", "config/list = astring: (\"one\" \"t(wo\")"));
        assertEquals("'setprop','group':'config','property':'peers','type':'hostname','values':['a','b','c']",
                edit("setprop", "config/peers", "=", "hostname:", "(a b\nc)"));
        assertEquals("'setprop','group':'config','property':'peers','values':[]", edit("setprop", "config/peers", "=", "()"));
    }

    @Test void groupsAndPropertiesComeAndGo() {
        assertEquals("'addpg','group':'config','type':'application'", edit("addpg", "config", "application"));
        assertEquals("'delpg','group':'config'", edit("delpg", "config"));
        assertEquals("'delpg','group':'config'", edit("delprop", "config"));
        assertEquals("'delprop','group':'config','property':'port'", edit("delprop", "config/port"));
    }

    @Test void mistakesInEditsAreToldWithoutAskingTheManager() {
        String unquoted = "svccfg: Multiple string values or string values with spaces must be quoted with '\"'.\n";
        assertEquals(new Outcome(1, "", "svccfg: An entity is not selected.\n"), svccfg("setprop", "a/b = 1"));
        assertEquals(new Outcome(1, "", "svccfg: Property names must contain a `/'.\n"), svccfg("-s", "a", "setprop", "ab = 1"));
        assertEquals(new Outcome(1, "", unquoted), svccfg("-s", "a", "setprop", "a/b = one two"));
        assertEquals(new Outcome(1, "", unquoted), svccfg("-s", "a", "setprop", "a/b = astring: (one)"));
        assertEquals(new Outcome(1, "", "svccfg: Syntax error: a quote is not closed.\n"), svccfg("-s", "a", "setprop", "a/b = \"one"));
        assertEquals(new Outcome(1, "", "svccfg: Invalid property group flag x.\n"), svccfg("-s", "a", "addpg", "b", "c", "x"));
        assertEquals(1, svccfg("-s", "a", "setprop", "a/b").status());
        assertEquals(1, svccfg("-s", "a", "setprop", "a/b = (1").status());
        assertEquals(List.of(), manager.requests());
    }

    @Test void theManagersRefusalsAreShown() {
        manager.answering(ENTITY).answering("{\"error\":\"No such property group \\\"x\\\".\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "", "svccfg: No such property group \"x\".\n"), svccfg("-s", "web", "delpg", "x"));
        manager.answering(ENTITY, ENTITY.replace("site", "other"));
        assertEquals(new Outcome(1, "", "svccfg: Pattern 'web' matches multiple instances:\n    svc:/site/web\n    svc:/other/web\n"),
                svccfg("-s", "web", "listprop"));
    }

    @Test void refreshAsksForTheSelected() {
        manager.answering(ENTITY).answering();
        assertEquals(new Outcome(0, "", ""), svccfg("-s", "web", "refresh"));
        assertEquals("{\"do\":\"refresh\",\"patterns\":[\"svc:/site/web\"]}", manager.requests().getLast());
    }

    @Test void snapshotsAreListedAndRevertedTo() {
        manager.answering(ENTITY).answering("{\"snapshot\":\"initial\"}", "{\"snapshot\":\"running\"}");
        assertEquals(new Outcome(0, "initial\nrunning\n", ""), svccfg("-s", "web", "listsnap"));
        assertEquals("{\"do\":\"snapshots\",\"entity\":\"svc:/site/web\"}", manager.requests().getLast());
        manager.answering(ENTITY).answering("{\"done\":\"svc:/site/web\",\"text\":\"svc:/site/web reverted to running.\"}");
        assertEquals(new Outcome(0, "svc:/site/web reverted to running.\n", ""), svccfg("-v", "-s", "web", "revert", "running"));
        assertEquals("{\"do\":\"revert\",\"entity\":\"svc:/site/web\",\"snapshot\":\"running\"}", manager.requests().getLast());
        assertEquals(new Outcome(1, "", "svccfg: No snapshot selected.\n"), svccfg("-s", "web", "revert"));
    }

    // --- the repository

    @Test void verifyShowsWhatTheManagerFound() {
        String finding = "{\"finding\":{\"level\":\"V2\",\"gravity\":\"damage\",\"file\":\"repository.db\",\"entity\":\"svc:/a:b\","
                + "\"group\":\"general\",\"sequence\":4,\"what\":\"the row fails its hash\"}}";
        manager.answering(finding);
        assertEquals(new Outcome(1, "damage: repository.db: svc:/a:b general: the row fails its hash, sequence 4 (V2)\n"
                + "What was wrong with database, journal or labels has been mended from memory; see svcs -x.\n", ""), svccfg("verify"));
        manager.answering(finding);
        assertEquals(
                new Outcome(1, "{\"sound\":false,\"by\":\"manager\",\"findings\":[" + finding.substring(11, finding.length() - 1) + "]}\n",
                        ""),
                svccfg("verify", "--json"));
        manager.answering();
        assertEquals(new Outcome(0, "Sound (V1 to V5).\n", ""), svccfg("verify"));
        assertEquals("{\"do\":\"verify\"}", manager.requests().getLast());
    }

    @Test void backupsAreListedPreviewedAndRestored() {
        manager.answering("{\"backup\":{\"name\":\"repository-boot-7.db\",\"kind\":\"boot\",\"sequence\":7,"
                + "\"written\":\"2026-11-23T08:00:00.123Z\"}}");
        assertEquals(new Outcome(0, "WRITTEN              KIND             CHANGE  BACKUP\n"
                + "2026-11-23T08:00:00Z boot                  7  repository-boot-7.db\n", ""), svccfg("restore"));
        manager.answering("{\"line\":\"svc:/a:b: disabled\"}");
        assertEquals(new Outcome(0, "svc:/a:b: disabled\n", ""), svccfg("restore", "-n", "repository-boot-7.db"));
        assertEquals("{\"do\":\"restore\",\"backup\":\"repository-boot-7.db\",\"preview\":true}", manager.requests().getLast());
        manager.answering("{\"error\":\"there is no backup\"}", "{\"status\":1}");
        assertEquals(new Outcome(1, "", "svccfg: there is no backup\n"), svccfg("restore", "x.db"));
    }

    @Test void withoutAManagerTheFilesAreReadAndLeftAsTheyAre() throws Exception {
        Path state = new SvcRoot(files).state();
        Place place = Place.below(state);
        Instant time = Instant.parse("2026-11-23T08:00:00.5Z");
        try (Repository repository = Repository.open(place, Known.NONE, () -> time).repository()) {
            PropertyGroup general = new PropertyGroup("general", "framework", List.of(Property.truth("enabled", true)));
            LayerGroup row = new LayerGroup(InstanceFmri.parse("svc:/site/web:default"), Layer.ADMIN, general);
            repository.commit(Change.of("enable svc:/site/web:default", 1000, List.of(row)));
            repository.commit(Change.of("something else", 0, List.of()));
        }
        assertEquals(new Outcome(0, "Sound (V1 to V5; no manager is running, the files were read).\n", ""), offline("verify"));
        String head = "  CHANGE TIME                     UID WHAT\n";
        String enabled = "       1 2026-11-23T08:00:00Z   1000 enable svc:/site/web:default\n";
        assertEquals(new Outcome(0, head + enabled + "       2 2026-11-23T08:00:00Z      0 something else\n", ""), offline("journal"));
        for (String name : List.of("web", "site/web", "svc:/site/web:default", "*web*", "web:default")) {
            assertEquals(new Outcome(0, head + enabled, ""), offline("journal", name), name);
            assertEquals(new Outcome(0, head + enabled, ""), offline("-s", name, "journal"), name);
        }
        assertEquals(new Outcome(0, "", ""), offline("journal", "eb"));
        assertEquals(new Outcome(0, "", ""), offline("journal", "--after", "2026-11-24"));
        assertEquals(new Outcome(0, "", ""), offline("journal", "--before", "2026-11-23T08:00:00Z"));
        assertEquals(1, offline("journal", "--after", "yesterday").status());
        String json = offline("journal", "--json", "web").out();
        assertTrue(json.endsWith("\"time\":\"2026-11-23T08:00:00.500Z\",\"by\":1000,\"what\":\"enable svc:/site/web:default\","
                + "\"put\":[{\"entity\":\"svc:/site/web:default\",\"layer\":\"admin\",\"group\":\"general\"}],\"delete\":[],"
                + "\"snapshots\":[]}\n"), json);
        assertTrue(offline("-v", "journal", "web").out().endsWith("         set svc:/site/web:default general (admin)\n"));
        byte[] damaged = Files.readAllBytes(place.database());
        damaged[damaged.length - 20] ^= 1;
        Files.write(place.database(), damaged);
        Outcome outcome = offline("verify", "--json");
        assertEquals(1, outcome.status(), outcome.out());
        assertTrue(outcome.out().startsWith("{\"sound\":false,\"by\":\"files\",\"findings\":[{\"level\":\"V"), outcome.out());
        assertTrue(Arrays.equals(damaged, Files.readAllBytes(place.database())));
    }

    @Test void rootWithoutARepositoryIsSaidToHaveNone() {
        Path state = new SvcRoot(files).state();
        for (String subcommand : List.of("verify", "journal")) {
            assertEquals(new Outcome(1, "", "svccfg: " + state + ": there is no repository\n"), offline(subcommand));
        }
    }

    private Outcome offline(String... arguments) {
        return CannedManager.run("svccfg", files, console -> Svccfg.run(List.of(arguments), console));
    }

    // --- progress

    private static String progress(Console.Terminals terminals, long millisEach) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        long[] now = {0};
        ProgressBar bar = new ProgressBar(new Console("svccfg", Map.of(), stream, stream, terminals), 3, () -> now[0]);
        for (int i = 0; i < 3; i++) {
            now[0] += millisEach * 1_000_000;
            bar.step();
        }
        bar.clear();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static final Console.Terminals TERMINAL = new Console.Terminals() {
        @Override public boolean input() { return true; }

        @Override public boolean output() { return true; }
    };

    @Test void barIsShownOnATerminalWhenItTakesLong() {
        assertEquals("\r\u001b[K[####################          ] 2/3\r\u001b[K[##############################] 3/3\r\u001b[K",
                progress(TERMINAL, 300));
        assertEquals("", progress(TERMINAL, 100));
        assertEquals("", progress(Console.Terminals.NONE, 1000));
    }
}
