package dev.svc.control;

import static dev.svc.control.Groups.application;
import static dev.svc.control.Groups.framework;
import static dev.svc.control.Groups.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationTest {
    private static final String VERBS = """
            enable, disable, enable -t, restart, refresh, clear, mark, milestone, import, delete, shutdown""";

    @TempDir Path root;
    private final MemoryEngine engine = new MemoryEngine();
    private int ownUid;
    private Desk desk;

    @BeforeEach void open() throws IOException {
        ownUid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        desk = new Desk(engine, root, Desk.ALICE, ownUid);
        engine.define("web", framework("general", text("action_authorization", "solaris.smf.manage.web"),
                text("value_authorization", "solaris.smf.value.web")));
        engine.instance("web:x", true);
        engine.move("web:x", new dev.svc.restarter.Phase.Degraded(java.util.Optional.empty()));
    }

    @AfterEach void close() {
        desk.close();
    }

    /// Which of [#VERBS] each authorization allows on `web:x`, in their order.
    @ParameterizedTest
    @CsvSource({
            "solaris.nothing,            -----------",
            "solaris.smf.manage,         --+++++----",
            "solaris.smf.manage.web,     --+++++----",
            "solaris.smf.manage.db,      -----------",
            "solaris.smf.value.web,      ++---------",
            "solaris.smf.modify.framework, +++----+---",
            "solaris.smf.modify,         ++++++++++-",
            "solaris.smf.modify.method,  -----------",
            "solaris.smf.*,              ++++++++++-",
            "solaris.*,                  +++++++++++",
            "solaris.system.shutdown,    ----------+"
    }) void eachAuthorizationAllowsItsVerbs(String authorization, String allowed) throws Exception {
        grant("user alice " + authorization);
        StringBuilder found = new StringBuilder();
        for (String verb : VERBS.strip().split(", *")) {
            found.append(isDenied(request(verb)) ? '-' : '+');
        }
        assertEquals(allowed, found.toString());
    }

    @Test void aRefusalNamesTheMostSpecificAuthorization() throws Exception {
        assertEquals("{'error':'svc:/web:x: Permission denied: not restarted; needs authorization solaris.smf.manage.web'}\n{'status':1}",
                desk.say("{'do':'restart','patterns':['web']}"));
        assertEquals("{'error':'svc:/web:x: Permission denied: not enabled; needs authorization solaris.smf.value.web'}\n{'status':1}",
                desk.say("{'do':'enable','patterns':['web']}"));
        assertEquals("{'error':'svc:/web:x: Permission denied: Couldn't modify \\'general/enabled\\' property: not enabled; "
                + "needs authorization solaris.smf.value.web'}\n{'status':1}",
                desk.say("{'do':'enable','patterns':['web'],'verbose':true}"));
        assertTrue(engine.requests().isEmpty());
    }

    @Test void anInstanceHidesTheAuthorizationsOfItsService() throws Exception {
        engine.define("web:x", framework("general", Property.truth("enabled", true), text("action_authorization", "solaris.smf.manage.x")));
        grant("user alice solaris.smf.manage.web");
        assertTrue(isDenied(request("restart")));
        grant("user alice solaris.smf.manage.x");
        assertFalse(isDenied(request("restart")));
    }

    @Test void oneOperandRefusedDoesNotStopTheOther() throws Exception {
        engine.instance("db:x", true);
        grant("user alice solaris.smf.manage.web");
        assertEquals("""
                {'error':'svc:/db:x: Permission denied: not restarted; needs authorization solaris.smf.manage'}
                {'done':'svc:/web:x','text':'Action restart set for svc:/web:x.'}
                {'status':1}""", desk.say("{'do':'restart','patterns':['db','web']}"));
    }

    @Test void theFileTellsUsersAndGroupsAndIgnoresTheRest() throws Exception {
        var authorizations = new Authorizations(grant("""
                # who may do what
                user alice a.one   a.two # more
                group users a.three
                group ops a.four
                group staff a.five
                user bob a.six
                robot alice a.seven
                user alice
                """), ownUid, group -> group.equals("ops") ? Set.of("alice", "bob") : Set.of());
        assertEquals(new Rights(Set.of("a.one", "a.two", "a.three", "a.four"), false), authorizations.rightsOf(Desk.ALICE));
        assertEquals(Rights.ALL, authorizations.rightsOf(Desk.ROOT_USER));
    }

    @Test void aFileThatOthersCanWriteGrantsNothing() throws Exception {
        Path file = grant("user alice solaris.smf.modify");
        for (String permissions : new String[]{"rw-rw-r--", "rw-r--rw-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            assertEquals(Rights.NONE, new Authorizations(file, ownUid, _ -> Set.of()).rightsOf(Desk.ALICE));
        }
        assertEquals(Rights.NONE, new Authorizations(root.resolve("none"), ownUid, _ -> Set.of()).rightsOf(Desk.ALICE));
    }

    @Test void protectedValuesAreReadByThoseWhoMay() throws Exception {
        engine.define("web:x", application("config", text("read_authorization", "solaris.smf.read.web"), text("secret", "xyzzy")));
        engine.snapshot("web:x", "running");
        String read = "{'do':'properties','patterns':['web:x'],'groups':['config/secret']}";
        String list = "{'do':'list','patterns':['web:x'],'details':['properties']}";
        String export = "{'do':'export','patterns':['web'],'all':true}";
        for (String request : new String[]{read, read.replace("'groups'", "'view':'snapshot','groups'"), list, export}) {
            assertFalse(desk.say(request).contains("xyzzy"), request);
        }
        assertTrue(desk.say(read).contains("{'name':'secret','type':'astring','values':[],'hidden':true}"), desk.say(read));
        grant("user alice solaris.smf.read.web");
        for (String request : new String[]{read, read.replace("'groups'", "'view':'snapshot','groups'"), list, export}) {
            assertTrue(desk.say(request).contains("xyzzy"), request);
        }
    }

    @Test void anExportHasProtectedValuesOnlyIfAllAreAskedFor() throws Exception {
        engine.define("web:x", application("config", text("read_authorization"), text("secret", "xyzzy")));
        try (Desk all = new Desk(engine)) {
            assertFalse(all.say("{'do':'export','patterns':['web']}").contains("xyzzy"));
            assertTrue(all.say("{'do':'export','patterns':['web'],'all':true}").contains("xyzzy"));
        }
    }

    /// Which of: a value, its type, a new property, `action_authorization`, a group.
    @ParameterizedTest
    @CsvSource({
            "solaris.smf.value.config,       +----",
            "solaris.smf.modify.config,      +++--",
            "solaris.smf.modify.application, +++-+",
            "solaris.smf.modify.framework,   -----",
            "solaris.smf.manage,             ---+-",
            "solaris.smf.modify,             +++++"
    }) void editsAreAllowedByWhatTheyTouch(String authorization, String allowed) throws Exception {
        engine.define("web:x", application("config", text("value_authorization", "solaris.smf.value.config"),
                text("modify_authorization", "solaris.smf.modify.config"), text("a", "1")));
        grant("user alice " + authorization);
        StringBuilder found = new StringBuilder();
        for (String edit : new String[]{
                "'edit':'setprop','group':'config','property':'a','values':['2']",
                "'edit':'setprop','group':'config','property':'a','type':'count','values':['2']",
                "'edit':'setprop','group':'config','property':'b','type':'count','values':['2']",
                "'edit':'setprop','group':'general','property':'action_authorization','type':'astring','values':['x']",
                "'edit':'addpg','group':'more','type':'application'"}) {
            found.append(isDenied("{'do':'edit','entity':'svc:/web:x','edits':[{" + edit + "}]}") ? '-' : '+');
        }
        assertEquals(allowed, found.toString());
    }

    @Test void protectionAlsoCoversOlderSnapshots() throws Exception {
        engine.define("web:x", application("config", text("secret", "xyzzy"))).snapshot("web:x", "running");
        engine.define("web:x", application("config", text("read_authorization"), text("secret", "xyzzy")));
        assertFalse(desk.say("{'do':'properties','patterns':['web:x']}").contains("xyzzy"));
    }

    private boolean isDenied(String request) throws Exception {
        return desk.say(request).contains("Permission denied");
    }

    private static String request(String verb) {
        return switch (verb) {
            case "enable -t" -> "{'do':'enable','patterns':['web:x'],'temporary':true}";
            case "mark" -> "{'do':'mark','state':'maintenance','patterns':['web:x']}";
            case "milestone" -> "{'do':'milestone','name':'all'}";
            case "import" -> "{'do':'import','name':'x.xml','bundle':'<nonsense/>'}";
            case "delete" -> "{'do':'delete','patterns':['web:x']}";
            case "shutdown" -> "{'do':'shutdown'}";
            default -> "{'do':'" + verb + "','patterns':['web:x']}";
        };
    }

    @Test void noAuthorizationAllowsToNameWhatTheKeeperRuns() throws Exception {
        grant("user alice solaris.*");
        assertTrue(isDenied("{'do':'replace','home':'/'}"));
        assertTrue(engine.requests().isEmpty());
    }

    private Path grant(String lines) throws IOException {
        Path file = root.resolve("etc/svc/authorizations");
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }
}
