package dev.svc.control;

import static dev.svc.control.Groups.application;
import static dev.svc.control.Groups.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.property.PropertyGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EditingTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("web:x");

    private final MemoryEngine engine = new MemoryEngine();
    private final Desk desk = new Desk(engine);

    @AfterEach void close() {
        desk.close();
    }

    @Test void severalEditsAreOneChange() throws Exception {
        engine.instance("web:x", true);
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x changed.'}\n{'status':0}",
                edit("{'edit':'addpg','group':'config','type':'application'}",
                        "{'edit':'setprop','group':'config','property':'port','type':'count','values':['80','81']}",
                        "{'edit':'setprop','group':'config','property':'port','values':['82']}"));
        assertEquals(1, engine.requests().size());
        assertEquals(List.of("82"), config().orElseThrow().values("port"));
    }

    @Test void aFaultLeavesEverythingAsItWas() throws Exception {
        engine.instance("web:x", true);
        assertEquals("{'error':'Type required for new properties.'}\n{'status':1}",
                edit("{'edit':'addpg','group':'config','type':'application'}",
                        "{'edit':'setprop','group':'config','property':'port','values':['80']}"));
        assertEquals(Optional.empty(), config());
        assertTrue(engine.requests().isEmpty());
    }

    @Test void whatAManifestSaysIsHiddenAndComesBack() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1"), text("b", "2")));
        edit("{'edit':'delprop','group':'config','property':'a'}", "{'edit':'setprop','group':'config','property':'b','values':['3']}");
        assertEquals(application("config", text("b", "3")), config().orElseThrow());
        edit("{'edit':'setprop','group':'config','property':'a','type':'astring','values':['4']}");
        assertEquals(List.of("4"), config().orElseThrow().values("a"));
        edit("{'edit':'delpg','group':'config'}");
        assertEquals(Optional.empty(), config());
        edit("{'edit':'addpg','group':'config','type':'application'}");
        assertEquals(application("config"), config().orElseThrow());
    }

    @Test void whatOnlyTheAdministratorSaidIsGone() throws Exception {
        engine.instance("web:x", true);
        edit("{'edit':'addpg','group':'config','type':'application'}");
        edit("{'edit':'delpg','group':'config'}");
        assertEquals(0, engine.published().model().layers(WEB).filter(g -> g.group().name().equals("config")).count());
    }

    @Test void whatIsAsAskedIsDoneIfItWasAskedBefore() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1")));
        String done = "{'done':'svc:/web:x','text':'svc:/web:x changed.'}\n{'status':0}";
        for (String edit : List.of("{'edit':'delprop','group':'config','property':'a'}",
                "{'edit':'addpg','group':'more','type':'application'}",
                "{'edit':'delpg','group':'config'}")) {
            assertEquals(done, edit(edit));
            assertEquals(done, editAgain(edit));
            assertTrue(error(edit).contains("ropert"), edit);
        }
        assertTrue(editAgain("{'edit':'addpg','group':'more','type':'framework'}").contains("already exists"));
    }

    @Test void mistakesAreSaidInTheWordsOfSvccfg() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1")));
        assertEquals("No such property group \"nix\".", error("{'edit':'delpg','group':'nix'}"));
        assertEquals("No such property \"config/nix\".", error("{'edit':'delprop','group':'config','property':'nix'}"));
        assertEquals("Property group \"config\" already exists.", error("{'edit':'addpg','group':'config','type':'application'}"));
        assertEquals("Property group \"restarter\" is the restarter's own and cannot be added.",
                error("{'edit':'addpg','group':'restarter','type':'framework'}"));
        assertEquals("\"x\" is not a count value; it must be a decimal number",
                error("{'edit':'setprop','group':'config','property':'c','type':'count','values':['x']}"));
        assertEquals("Unknown type \"number\".",
                error("{'edit':'setprop','group':'config','property':'c','type':'number','values':['x']}"));
        assertEquals("svc:/gone:x: Entity not found.",
                desk.ask("{'do':'edit','entity':'svc:/gone:x','edits':[]}").getFirst().getString("error"));
    }

    @Test void numbersAndTruthAreTakenAsTheyAreTyped() throws Exception {
        engine.instance("web:x", true, application("config"));
        edit("{'edit':'setprop','group':'config','property':'n','type':'count','values':['0x1f','010','-1','7']}",
                "{'edit':'setprop','group':'config','property':'i','type':'integer','values':['-0x10']}",
                "{'edit':'setprop','group':'config','property':'t','type':'boolean','values':['1']}");
        assertEquals(List.of("31", "8", "18446744073709551615", "7"), config().orElseThrow().values("n"));
        assertEquals(List.of("-16"), config().orElseThrow().values("i"));
        assertEquals(List.of("true"), config().orElseThrow().values("t"));
    }

    private static Change manifest(Layer layer, PropertyGroup... groups) {
        return Change.of("import", 0, List.of(groups).stream().map(g -> new LayerGroup(WEB, layer, g)).toList());
    }

    private void lay(Change change) {
        engine.submit(new Administration.Apply(change, engine.published().model(), List.of(), new Asker(0, "root")));
    }

    private String listed(String more) throws Exception {
        return desk.say("{'do':'customizations','entity':'svc:/web:x'" + more + "}");
    }

    @Test void customizationsAreWhatTheAdministratorSaysAndHides() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1"), text("b", "2")), application("gone", text("c", "3")));
        assertEquals("{'status':0}", listed(""));
        edit("{'edit':'setprop','group':'config','property':'a','values':['4']}", "{'edit':'delprop','group':'config','property':'b'}",
                "{'edit':'delpg','group':'gone'}", "{'edit':'addpg','group':'own','type':'application'}");
        String set = "{'customization':{'entity':'svc:/web:x','layer':'admin','group':'config','masked':false,'property':'a',"
                + "'type':'astring','values':['4']}}\n";
        String hidden = "{'customization':{'entity':'svc:/web:x','layer':'admin','group':'config','masked':true,'property':'b','type':''}}\n"
                + "{'customization':{'entity':'svc:/web:x','layer':'admin','group':'gone','masked':true,'type':'application'}}\n";
        String own = "{'customization':{'entity':'svc:/web:x','layer':'admin','group':'own','masked':false,'type':'application'}}\n";
        assertEquals(set + hidden + own + "{'status':0}", listed(""));
        assertEquals(hidden + "{'status':0}", listed(",'masked':true"));
        assertEquals(set + "{'status':0}", listed(",'glob':'config/a'"));
        lay(manifest(Layer.SITE_PROFILE, application("config", text("s", "5"))));
        assertEquals(set + hidden + own + "{'status':0}", listed(""));
        assertTrue(listed(",'local':true").contains("'layer':'site-profile'"));
        // Of a service, also those of its instances.
        assertEquals(set + hidden + own + "{'status':0}", desk.say("{'do':'customizations','entity':'svc:/web'}"));
    }

    /// What an upgrade brings is there at once where the administrator said nothing, and once he takes back what he said.
    @Test void whatIsTakenBackShowsWhatLowerLayersSayByThen() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1"), text("b", "2")), application("gone", text("c", "3")));
        edit("{'edit':'setprop','group':'config','property':'a','values':['admin']}",
                "{'edit':'delprop','group':'config','property':'b'}", "{'edit':'delpg','group':'gone'}");
        lay(manifest(Layer.MANIFEST, application("config", text("a", "upgraded"), text("b", "upgraded"), text("new", "n"))));
        lay(manifest(Layer.SITE_PROFILE, application("config", text("new", "profile"))));
        assertEquals(List.of("admin"), config().orElseThrow().values("a"));
        assertEquals(Optional.empty(), config().orElseThrow().property("b"));
        assertEquals(List.of("profile"), config().orElseThrow().values("new"));
        assertEquals("{'done':'svc:/web:x','text':' Deleting customizations for property: config/b'}\n"
                + "{'done':'svc:/web:x','text':' Deleting customizations for property group: gone'}\n{'status':0}",
                desk.say("{'do':'uncustomize','entity':'svc:/web:x','masked':true}"));
        assertEquals(List.of("upgraded"), config().orElseThrow().values("b"));
        assertEquals(List.of("3"), engine.published().model().own(WEB, "gone").orElseThrow().values("c"));
        assertEquals(List.of("admin"), config().orElseThrow().values("a"));
        assertEquals("{'done':'svc:/web:x','text':' Deleting customizations for property: config/a'}\n{'status':0}",
                desk.say("{'do':'uncustomize','entity':'svc:/web'}"));
        assertEquals(application("config", text("new", "profile"), text("a", "upgraded"), text("b", "upgraded")), config().orElseThrow());
        assertEquals("{'status':0}", listed(""));
    }

    @Test void revertedIsWhatTheSnapshotSaysButForEnabled() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1"), text("b", "2")), application("gone", text("c", "3")));
        engine.define("web", application("shared", text("d", "4")));
        engine.snapshot("web:x", "running");
        Map<String, String> then = current();
        String snapshots = desk.say("{'do':'snapshots','entity':'svc:/web:x'}");
        assertTrue(snapshots.contains("{'snapshot':'running'}\n"), snapshots);
        edit("{'edit':'setprop','group':'config','property':'a','values':['changed']}",
                "{'edit':'delprop','group':'config','property':'b'}",
                "{'edit':'delpg','group':'gone'}", "{'edit':'addpg','group':'own','type':'application'}",
                "{'edit':'setprop','group':'general','property':'enabled','values':['false']}");
        desk.say("{'do':'edit','entity':'svc:/web','edits':[{'edit':'setprop','group':'shared','property':'d','values':['changed']}]}");
        Map<String, String> changed = current();
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x reverted to running.'}\n{'status':0}", revert("running"));
        assertEquals(Optional.of(false), engine.published().model().enabled(WEB));
        then.remove("general");
        changed.remove("general");
        Map<String, String> reverted = current();
        reverted.remove("general");
        assertEquals(then, reverted);
        // Nothing is left of what the administrator said that the manifest says itself, but for what he disabled.
        assertEquals("{'customization':{'entity':'svc:/web:x','layer':'admin','group':'general','masked':false,'property':'enabled',"
                + "'type':'boolean','values':['false']}}\n{'status':0}", listed(""));
        assertTrue(revert("previous").endsWith("{'status':0}"));
        Map<String, String> back = current();
        back.remove("general");
        assertEquals(changed, back);
    }

    @Test void revertNamesWhatIsNotThere() throws Exception {
        engine.instance("web:x", true);
        String refused = revert("none");
        assertTrue(refused.contains("No such snapshot") && refused.endsWith("{'status':1}"), refused);
        assertEquals("{'error':'An instance is not selected.'}\n{'status':1}", desk.say("{'do':'snapshots','entity':'svc:/web'}"));
    }

    private String revert(String snapshot) throws Exception {
        return desk.say("{'do':'revert','entity':'svc:/web:x','snapshot':'" + snapshot + "'}");
    }

    /// The groups of instance and service, each by its name.
    private Map<String, String> current() {
        Map<String, String> groups = new TreeMap<>();
        for (EntityFmri entity : List.of(WEB, WEB.serviceFmri())) {
            engine.published().model().own(entity).forEach(group -> groups.put(group.name(), group.type() + new TreeSet<>(
                    group.properties().stream().map(Object::toString).toList())));
        }
        return groups;
    }

    /// Neither the other's value is lost nor ours: the edit is computed anew from what the other left.
    @Test void editIsMadeAnewWhereSomebodyElseWasFaster() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1"), text("b", "2")));
        LayerGroup other = new LayerGroup(WEB, Layer.ADMIN, application("config", text("a", "other")));
        engine.beforeNextApply(() -> engine.submit(new Administration.Apply(Change.of("other", 0, List.of(other)),
                engine.published().model(), List.of(), new Asker(0, "root"))));
        assertTrue(edit("{'edit':'setprop','group':'config','property':'b','values':['3']}").endsWith("{'status':0}"));
        assertEquals(List.of("other"), config().orElseThrow().values("a"));
        assertEquals(List.of("3"), config().orElseThrow().values("b"));
    }

    @Test void whoIsAlwaysTooLateIsTold() throws Exception {
        engine.instance("web:x", true, application("config", text("a", "1")));
        engine.refusing(new Answer.Conflict("svc:/web:x: property group config was changed by somebody else meanwhile; try again"));
        assertEquals("svc:/web:x: property group config was changed by somebody else meanwhile; try again",
                error("{'edit':'setprop','group':'config','property':'a','values':['3']}"));
    }

    private String edit(String... edits) throws Exception {
        return desk.say("{'do':'edit','entity':'svc:/web:x','edits':[" + String.join(",", edits) + "]}");
    }

    private String editAgain(String edit) throws Exception {
        return desk.say("{'do':'edit','again':true,'entity':'svc:/web:x','edits':[" + edit + "]}");
    }

    private String error(String edit) throws Exception {
        return desk.ask("{'do':'edit','entity':'svc:/web:x','edits':[" + edit + "]}").getFirst().getString("error");
    }

    private Optional<PropertyGroup> config() {
        return engine.published().model().own(WEB, "config");
    }
}
