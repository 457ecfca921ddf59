package dev.svc.control;

import static dev.svc.control.Groups.framework;
import static dev.svc.control.Groups.requires;
import static dev.svc.control.Groups.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.contract.Contracts;
import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.State;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Then;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdministrationTest {
    private static final Asker ROOT = new Asker(0, "root");
    private static final String WEB = "svc:/web:x";

    private final MemoryEngine engine = new MemoryEngine();
    private final Desk desk = new Desk(engine);

    @AfterEach void close() {
        desk.close();
    }

    @Test void enableIsOneChangeForAllOperands() throws Exception {
        engine.instance("web:x", false).instance("db:x", false);
        assertEquals("""
                {'id':3,'done':'svc:/web:x','text':'svc:/web:x enabled.'}
                {'id':3,'done':'svc:/db:x','text':'svc:/db:x enabled.'}
                {'id':3,'status':0}""", desk.say("{'id':3,'do':'enable','patterns':['web','db']}"));
        assertEquals(List.of(new Administration.SetEnabled(List.of(enabling("web:x", true), enabling("db:x", true)),
                Permanence.PERMANENTLY, Optional.empty(), ROOT)), engine.requests());
    }

    @Test void disableTemporarilyWithAComment() throws Exception {
        engine.instance("web:x", true);
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x temporarily disabled.'}\n{'status':0}",
                desk.say("{'do':'disable','patterns':['web'],'temporary':true,'comment':'for now'}"));
        assertEquals(List.of(new Administration.SetEnabled(List.of(enabling("web:x", false)), Permanence.TEMPORARILY,
                Optional.of("for now"), ROOT)), engine.requests());
    }

    @Test void aLongCommentIsRefused() throws Exception {
        engine.instance("web:x", true);
        assertEquals("{'error':'disable -c comment too long.'}\n{'status':1}",
                desk.say("{'do':'disable','patterns':['web'],'comment':'" + "x".repeat(1024) + "'}"));
        assertTrue(engine.requests().isEmpty());
    }

    @Test void anAmbiguousAbbreviationIsAnErrorAndTheOtherOperandsAreActedOn() throws Exception {
        engine.instance("a/web:x", false).instance("b/web:x", false).instance("db:x", false);
        assertEquals("""
                {'warning':'Partial FMRI 'web' matches multiple instances\\n\\tsvc:/a/web:x\\n\\tsvc:/b/web:x'}
                {'done':'svc:/db:x','text':'svc:/db:x enabled.'}
                {'status':1}""", desk.say("{'do':'enable','patterns':['web','db']}"));
    }

    @Test void namingNothingNeverMeansEverything() throws Exception {
        engine.instance("web:x", true);
        String error = "{'error':'either \\'patterns\\' or \\'with_state\\' must say which instances are meant'}\n{'status':1}";
        assertEquals(error, desk.say("{'do':'disable'}"));
        assertEquals(error, desk.say("{'do':'disable','patterns':['web'],'with_state':'online'}"));
        assertEquals("{'error':'member \\'patterns\\' is missing'}\n{'status':1}", desk.say("{'do':'delete','force':true}"));
        assertTrue(engine.requests().isEmpty());
    }

    @Test void instancesAreSelectedByState() throws Exception {
        engine.instance("web:x", true).instance("db:x", true).instance("off:x", false);
        engine.move("db:x", new Phase.Maintenance(List.of()));
        assertEquals("{'done':'svc:/db:x','text':'Action maint_off set for svc:/db:x.'}\n{'status':0}",
                desk.say("{'do':'clear','with_state':'maintenance'}"));
        assertEquals("{'error':'State \\'broken\\' is unknown; one of uninitialized, offline, online, degraded, maintenance, disabled.'}\n"
                + "{'status':1}", desk.say("{'do':'clear','with_state':'broken'}"));
    }

    @Test void recursionEnablesWhatIsRequiredAndSaysWhatIsNot() throws Exception {
        engine.instance("web:x", false, requires("db", "svc:/db"), requires("gone", "svc:/gone:x"));
        engine.instance("db:x", false);
        assertEquals("""
                {'warning':'No such instance \\'svc:/gone:x\\'.'}
                {'done':'svc:/web:x','text':'svc:/web:x enabled.'}
                {'done':'svc:/db:x','text':'svc:/db:x enabled.'}
                {'status':1}""", desk.say("{'do':'enable','patterns':['web'],'recursive':true}"));
    }

    @Test void aRefusalOfTheEngineIsPassedOn() throws Exception {
        engine.instance("web:x", false).refusing(new Answer.Refused("repository.db: Repository read-only."));
        assertEquals("{'error':'repository.db: Repository read-only.'}\n{'status':1}", desk.say("{'do':'enable','patterns':['web']}"));
        engine.refusing(new Answer.OutcomeUnknown("the disk failed"));
        assertEquals("{'error':'outcome unknown: the disk failed'}\n{'status':1}", desk.say("{'do':'restart','patterns':['web']}"));
    }

    @Test void actionsAreAskedOfTheRestarter() throws Exception {
        engine.instance("web:x", true);
        assertEquals("Action restart set for svc:/web:x.", textOf("{'do':'restart','patterns':['web']}"));
        assertEquals("Action refresh set for svc:/web:x.", textOf("{'do':'refresh','patterns':['web']}"));
        desk.ask("{'do':'restart','patterns':['web'],'dump':true}");
        assertEquals(List.of(new Request.Restart(Request.Dump.NO), new Request.Refresh(), new Request.Restart(Request.Dump.CORE)),
                engine.requests().stream().map(r -> ((Administration.Ask) r).request()).toList());
    }

    @Test void restartOfWhatDoesNotRunSucceedsAndSaysThatNothingHappens() throws Exception {
        engine.instance("web:x", false);
        assertEquals("Action restart set for svc:/web:x. It is disabled, so nothing is restarted.",
                textOf("{'do':'restart','patterns':['web']}"));
    }

    @Test void clearNeedsMaintenanceOrDegraded() throws Exception {
        engine.instance("web:x", true).instance("db:x", true).instance("mail:x", true);
        engine.move("db:x", new Phase.Maintenance(List.of())).move("mail:x", new Phase.Degraded(Optional.empty()));
        assertEquals("""
                {'error':'Instance \\'svc:/web:x\\' is not in a maintenance or degraded state.'}
                {'done':'svc:/db:x','text':'Action maint_off set for svc:/db:x.'}
                {'done':'svc:/mail:x','text':'Action restore set for svc:/mail:x.'}
                {'status':1}""", desk.say("{'do':'clear','patterns':['web','db','mail']}"));
    }

    @Test void markRemembersWhoAsked() throws Exception {
        long pid = ProcessHandle.current().pid();
        engine.instance("web:x", true).instance("cron:x", true)
                .process("cron:x", new Contracts.Member(pid, 0, "sh", "sh"));
        Peer self = new Peer(ROOT, java.nio.file.Files.getOwner(java.nio.file.Path.of("/proc/self")), "root", true);
        try (Desk inService = new Desk(engine, Desk.ROOT, self, 0)) {
            inService.ask("{'do':'mark','state':'maintenance','patterns':['web'],'pid':" + pid + "}");
            inService.ask("{'do':'mark','state':'degraded','patterns':['web'],'pid':1}");
        }
        desk.ask("{'do':'mark','state':'maintenance','patterns':['web'],'immediate':true,'tty':true}");
        assertEquals(List.of(
                new Request.MarkMaintenance(Request.Haste.ORDERLY, Optional.of(InstanceFmri.parse("cron:x")), true),
                new Request.MarkDegraded(Optional.empty(), true),
                new Request.MarkMaintenance(Request.Haste.IMMEDIATE, Optional.empty(), false)),
                engine.requests().stream().map(r -> ((Administration.Ask) r).request()).toList());
    }

    @Test void onlyWhatIsOnlineIsMarkedDegraded() throws Exception {
        engine.instance("web:x", false);
        assertEquals("{'error':'Instance \\'svc:/web:x\\' is not online.'}\n{'status':1}",
                desk.say("{'do':'mark','state':'degraded','patterns':['web'],'tty':true}"));
        assertEquals("{'error':'member \\'state\\' is \\'broken\\'; it must be maintenance or degraded'}\n{'status':1}",
                desk.say("{'do':'mark','state':'broken','patterns':['web']}"));
    }

    @Test void milestonesAreThreeAndTwoKeywords() throws Exception {
        assertEquals("{'done':'svc:/milestone/multi-user:default','text':'Milestone set to svc:/milestone/multi-user:default.'}\n"
                + "{'status':0}", desk.say("{'do':'milestone','name':'multi-user','default':true}"));
        assertEquals("{'warning':'\\'network\\' is not a valid major milestone.'}\n{'status':2}",
                desk.say("{'do':'milestone','name':'network'}"));
        assertEquals(List.of(new Administration.SetMilestone("svc:/milestone/multi-user:default", Permanence.PERMANENTLY, ROOT)),
                engine.requests());
    }

    @Test void shutdownSaysWhatBecomesOfServices() throws Exception {
        desk.ask("{'do':'shutdown','services':true,'within':30}");
        desk.ask("{'do':'shutdown'}");
        assertEquals(List.of(new Administration.Shutdown(Administration.Services.STOPPED, Optional.of(Duration.ofSeconds(30)), ROOT),
                new Administration.Shutdown(Administration.Services.LEFT_RUNNING, Optional.empty(), ROOT)), engine.requests());
    }

    // waiting

    @Test void enableWaitsUntilOnline() throws Exception {
        engine.instance("web:x", false).settled(false);
        FutureTask<String> said = begin(() -> desk.say("{'do':'enable','patterns':['web'],'synchronous':true}"));
        engine.awaitWaiter();
        engine.move("web:x", new Phase.Starting(new ContractId(1), Optional.empty(), Optional.empty()));
        assertFalse(said.isDone());
        engine.move("web:x", new Phase.Online(Optional.of(new ContractId(1))));
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x enabled.'}\n{'status':0}", said.get());
    }

    @Test void enableEndsInMaintenanceWithThree() throws Exception {
        engine.instance("web:x", false);
        FutureTask<String> said = begin(() -> desk.say("{'do':'enable','patterns':['web'],'synchronous':true}"));
        engine.awaitWaiter();
        engine.move("web:x", new Phase.Maintenance(List.of()));
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x enabled.'}\n"
                + "{'warning':'Instance \\'svc:/web:x\\' is in maintenance state.'}\n{'status':3}", said.get());
    }

    @Test void enableEndsWithFourIfDependenciesCannotCome() throws Exception {
        engine.instance("web:x", false, requires("db", "svc:/db:x")).instance("db:x", false);
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x enabled.'}\n"
                + "{'warning':'Instance \\'svc:/web:x\\' has unsatisfied dependencies.'}\n{'status':4}",
                desk.say("{'do':'enable','patterns':['web'],'synchronous':true}"));
    }

    @Test void threeWeighsMoreThanFourAndOneMoreThanThree() throws Exception {
        engine.instance("web:x", false, requires("db", "svc:/db:x")).instance("db:x", false).instance("bad:x", true);
        engine.move("bad:x", new Phase.Maintenance(List.of()));
        assertTrue(desk.say("{'do':'enable','patterns':['bad','web'],'synchronous':true}").endsWith("{'status':3}"));
        assertTrue(desk.say("{'do':'enable','patterns':['bad','web','zzz'],'synchronous':true}").endsWith("{'status':1}"));
    }

    @Test void enableEndsIfSomebodyDisables() throws Exception {
        engine.instance("web:x", false);
        FutureTask<String> said = begin(() -> desk.say("{'do':'enable','patterns':['web'],'synchronous':true}"));
        engine.awaitWaiter();
        desk.ask("{'do':'disable','patterns':['web']}");
        assertTrue(said.get().endsWith("{'warning':'Instance \\'svc:/web:x\\' has been disabled by another entity.'}\n{'status':3}"));
    }

    @Test void disableWaitsUntilDisabled() throws Exception {
        engine.instance("web:x", true);
        FutureTask<String> said = begin(() -> desk.say("{'do':'disable','patterns':['web'],'synchronous':true}"));
        engine.awaitWaiter();
        engine.move("web:x", new Phase.Stopping(State.ONLINE, Optional.empty(), new Phase.Stage.WaitingForEmpty(Phase.Waiting.KILL_SENT),
                Optional.empty(), Then.DISABLED));
        engine.move("web:x", new Phase.Disabled());
        assertEquals("{'done':'svc:/web:x','text':'svc:/web:x disabled.'}\n{'status':0}", said.get());
    }

    @Test void waitingHasALimitIfOneIsGiven() throws Exception {
        engine.instance("web:x", true).settled(false);
        assertTrue(desk.say("{'do':'disable','patterns':['web'],'synchronous':true,'timeout':0}").endsWith(
                "{'warning':'Instance \\'svc:/web:x\\' is not disabled after 0 s; it is online.'}\n{'status':3}"));
        assertEquals("{'error':'member \\'timeout\\' is -1; it must be from 0 to 2147483647 seconds'}\n{'status':1}",
                desk.say("{'do':'await','settled':true,'timeout':-1}"));
    }

    @Test void restartWaitsUntilItIsOnlineAgain() throws Exception {
        engine.instance("web:x", true);
        FutureTask<String> said = begin(() -> desk.say("{'do':'restart','patterns':['web'],'synchronous':true}"));
        engine.awaitWaiter();
        engine.relabel(WEB, l -> l.withPending(List.of()));
        engine.move("web:x", new Phase.Online(Optional.of(new ContractId(18))));
        assertTrue(said.get().endsWith("{'status':0}"));
    }

    @Test void refreshWaitsForTheRefreshMethod() throws Exception {
        engine.instance("web:x", true);
        FutureTask<String> said = begin(() -> desk.say("{'do':'refresh','patterns':['web'],'synchronous':true}"));
        engine.awaitWaiter();
        engine.move("web:x", new Phase.Refreshing(State.ONLINE, Optional.empty(), new ContractId(18), Optional.empty(), Optional.empty()));
        engine.relabel(WEB, l -> l.withPending(List.of()));
        engine.move("web:x", new Phase.Online(Optional.empty()));
        assertTrue(said.get().endsWith("{'status':0}"));
    }

    @Test void awaitAnswersWhenNothingMoves() throws Exception {
        engine.settled(false);
        FutureTask<String> said = begin(() -> desk.say("{'do':'await','settled':true}"));
        engine.awaitWaiter();
        engine.settled(true);
        assertEquals("{'status':0}", said.get());
    }

    @Test void watchEndsWithTheNextChangeOfTheGroup() throws Exception {
        engine.instance("web:x", true, Groups.application("config", text("a", "1")));
        FutureTask<String> said = begin(() -> desk.say("{'do':'watch','patterns':['web:x'],'groups':['config/a']}"));
        engine.awaitWaiter();
        engine.define("web:x", Groups.application("other", text("a", "1")));
        engine.define("web:x", Groups.application("config", text("a", "2")));
        assertTrue(said.get().contains("'values':['2']"), said.get());
        assertEquals("{'error':'Not found.'}\n{'status':1}", desk.say("{'do':'watch','patterns':['web:x'],'groups':['nix']}"));
        assertEquals("{'warning':'Cannot wait for an instance.'}\n{'status':2}", desk.say("{'do':'watch','patterns':['web:x']}"));
    }

    // configuration

    @Test void importTakesABundleAndDeleteItsServices() throws Exception {
        String bundle = bundle("<service name='site/web' type='service' version='1'><create_default_instance enabled='false'/></service>");
        assertEquals("{'imported':'svc:/site/web:default'}\n{'status':0}",
                withoutProgress("{'do':'import','name':'web.xml','bundle':'" + bundle + "'}"));
        assertTrue(engine.published().model().exists(InstanceFmri.parse("site/web:default")));
        String exported = desk.ask("{'do':'export','patterns':['web']}").getFirst().getString("bundle");
        assertTrue(exported.contains("site/web"), exported);
        assertEquals("{'done':'svc:/site/web','text':'svc:/site/web deleted.'}\n{'status':0}",
                desk.say("{'do':'delete','patterns':['site/web']}"));
        assertFalse(engine.published().model().exists(InstanceFmri.parse("site/web:default")));
    }

    @Test void aFaultyBundleChangesNothing() throws Exception {
        List<jakarta.json.JsonObject> said = desk.ask("{'do':'import','name':'web.xml','bundle':'<nonsense/>'}");
        assertTrue(said.getFirst().getString("error").startsWith("web.xml"), said.toString());
        assertEquals(1, said.getLast().getInt("status"));
        assertTrue(engine.requests().isEmpty());
    }

    @Test void whatRunsIsDeletedByForceOnly() throws Exception {
        engine.instance("web:x", true);
        assertEquals("{'error':'Instance svc:/web:x may be running.  Use delete -f if it is not.'}\n{'status':1}",
                desk.say("{'do':'delete','patterns':['web']}"));
        assertEquals("{'done':'svc:/web','text':'svc:/web deleted.'}\n{'status':0}",
                desk.say("{'do':'delete','patterns':['web'],'force':true}"));
    }

    @Test void whatIsNoMoreInMaintenanceWasClearedIfThatWasAskedBefore() throws Exception {
        engine.instance("web:x", true);
        assertEquals(1, desk.ask("{'do':'clear','patterns':['web']}").getLast().getInt("status"));
        assertEquals(0, desk.ask("{'do':'clear','patterns':['web'],'again':true,'synchronous':true}").getLast().getInt("status"));
        assertTrue(engine.requests().isEmpty());
    }

    @Test void deletionAskedForAgainFindsNothingLeft() throws Exception {
        assertEquals("{'warning':'Pattern 'web' doesn't match any instances or services'}\n{'status':1}",
                desk.say("{'do':'delete','patterns':['web']}"));
        assertEquals("{'note':'Pattern 'web' doesn't match any instances or services, or not any more: "
                + "the manager went away while it was asked to delete them'}\n{'status':0}",
                desk.say("{'do':'delete','patterns':['web'],'again':true}"));
    }

    @Test void whatRunsWithoutADefinitionIsForgotten() throws Exception {
        engine.move("lost:x", new Phase.Degraded(Optional.of(new ContractId(17))));
        assertEquals("{'done':'svc:/lost','text':'svc:/lost deleted.'}\n{'status':0}",
                desk.say("{'do':'delete','patterns':['lost'],'force':true}"));
        assertEquals(List.of(new Administration.Ask(InstanceFmri.parse("lost:x"), new Request.Forget(), ROOT)), engine.requests());
    }

    @Test void anUnknownVerbIsNamed() throws Exception {
        assertEquals("{'id':7,'error':'verb \\'dance\\' is unknown'}\n{'id':7,'status':1}", desk.say("{'id':7,'do':'dance'}"));
        assertEquals("{'error':'member \\'do\\' is missing'}\n{'status':1}", desk.say("{}"));
        assertEquals("{'error':'member \\'id\\' is not a number'}\n{'status':1}", desk.say("{'id':'x','do':'list'}"));
        assertEquals("{'error':'member \\'patterns\\' is not an array'}\n{'status':1}", desk.say("{'do':'list','patterns':'web'}"));
    }

    @Test void aMilestoneSettingThatIsReadBackIsRendered() throws Exception {
        engine.define("system/svc/restarter:default", framework("options", text("milestone", "svc:/milestone/single-user:default")));
        String said = desk.say("{'do':'properties','patterns':['restarter'],'groups':['options_ovr/milestone']}");
        assertTrue(said.contains("'values':['all']"), said);
    }

    private String withoutProgress(String request) throws Exception {
        return String.join("\n", desk.ask(request).stream().filter(o -> !o.containsKey("progress"))
                .map(o -> o.toString().replace('"', '\'')).toList());
    }

    private static String bundle(String services) {
        return ("<?xml version=`1.0`?><!DOCTYPE service_bundle SYSTEM `/usr/share/lib/xml/dtd/service_bundle.dtd.1`>"
                + "<service_bundle type=`manifest` name=`web`>" + services + "</service_bundle>").replace("'", "`").replace("`", "\\\"");
    }

    private String textOf(String request) throws Exception {
        return desk.ask(request).getFirst().getString("text");
    }

    private static Administration.Enabling enabling(String fmri, boolean enabled) {
        return new Administration.Enabling(InstanceFmri.parse(fmri), enabled);
    }

    private static FutureTask<String> begin(Callable<String> asking) {
        FutureTask<String> task = new FutureTask<>(asking);
        Thread.ofVirtual().start(task);
        return task;
    }
}
