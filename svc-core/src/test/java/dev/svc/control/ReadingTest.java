package dev.svc.control;

import static dev.svc.control.Groups.application;
import static dev.svc.control.Groups.dependency;
import static dev.svc.control.Groups.framework;
import static dev.svc.control.Groups.requires;
import static dev.svc.control.Groups.template;
import static dev.svc.control.Groups.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.contract.Contracts;
import dev.svc.model.State;
import dev.svc.property.Property;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final MemoryEngine engine = new MemoryEngine();
    private final Desk desk = new Desk(engine);

    @AfterEach void close() {
        desk.close();
    }

    @Test void listSaysAllOfAnInstance() throws Exception {
        engine.instance("site/web:default", true, template("tm_common_name", text("C", "a  web\nserver")));
        assertEquals("""
                {'id':1,'instance':{'fmri':'svc:/site/web:default','service':'site/web','instance':'default','name':'a web server',\
                'state':'online','next':'none','since':'1741097330.042117000','aux':'dependencies_satisfied','contracts':[17],\
                'transients':[],'enabled':true,'logfile':'/nowhere/var/svc/log/site-web:default.log',\
                'restarter':'svc:/system/svc/restarter:default','containment':'cgroup'}}
                {'id':1,'status':0}""", desk.say("{'id':1,'do':'list'}"));
    }

    @Test void listSaysWhereFaultsOfSingleProcessesAreNotSeen() throws Exception {
        engine.instance("site/web:default", true);
        engine.faultsTold = Contracts.Faults.NONE;
        assertTrue(desk.say("{'do':'list'}").contains("'containment':'cgroup','faults':'unseen'"));
        engine.faultsTold = Contracts.Faults.OF_MAINS;
        assertTrue(desk.say("{'do':'list'}").contains("'containment':'cgroup','faults':'of mains'"));
    }

    @Test void listSaysNoMoreThanIsAskedFor() throws Exception {
        engine.instance("site/web:default", true);
        assertEquals("{'instance':{'fmri':'svc:/site/web:default','state':'online','next':'none'}}\n{'status':0}",
                desk.say("{'do':'list','members':['state','next','name']}"));
        assertTrue(desk.say("{'do':'list','members':['next'],'details':['processes']}").contains("'next':'none','processes':[]"));
    }

    @Test void anIncompleteInstanceHasNoState() throws Exception {
        engine.define("odd:default", application("config"));
        assertEquals("""
                {'instance':{'fmri':'svc:/odd:default','service':'odd','instance':'default',\
                'logfile':'/nowhere/var/svc/log/odd:default.log','restarter':'svc:/system/svc/restarter:default','containment':'cgroup'}}
                {'status':0}""", desk.say("{'do':'list'}"));
    }

    @Test void anInstanceInTransitionSaysWhereto() throws Exception {
        engine.instance("web:default", true).move("web:default",
                new Phase.Stopping(State.ONLINE, Optional.of(new ContractId(17)),
                        new Phase.Stage.MethodRunning(new ContractId(18)), Optional.empty(), dev.svc.restarter.Then.MAINTENANCE));
        String said = desk.say("{'do':'list'}");
        assertTrue(said.contains("'state':'online','next':'maintenance'"), said);
        assertTrue(said.contains("'contracts':[17],'transients':[18]"), said);
    }

    @Test void onlyTheEnabledOnesAreSelected() throws Exception {
        engine.instance("a:x", true).instance("b:x", false).instance("c:x", false);
        engine.relabel("c:x", l -> l.withSettings(false, Optional.of(true), l.sequence(), Optional.empty()));
        assertEquals(List.of("svc:/a:x", "svc:/c:x"), fmris("{'do':'list','select':'enabled'}"));
        assertEquals(List.of("svc:/b:x"), fmris("{'do':'list','select':'enabled','patterns':['b']}"));
    }

    @Test void onlyThoseOfARestarterAreSelected() throws Exception {
        engine.instance("a:x", true).instance("b:x", true);
        engine.define("b", framework("general", text("restarter", "svc:/network/inetd:default")));
        assertEquals(List.of("svc:/b:x"), fmris("{'do':'list','restarters':['svc:/network/inetd:default']}"));
        assertEquals("{'error':'member \\'restarters\\': \\'svc:/b\\' does not name an instance'}\n{'status':1}",
                desk.say("{'do':'list','restarters':['svc:/b']}"));
    }

    @Test void aPatternWithoutMatchIsAWarningAndTheOthersAreListed() throws Exception {
        engine.instance("a:x", true);
        assertEquals(List.of("svc:/a:x"), fmris("{'do':'list','patterns':['zzz','a']}"));
        assertEquals("{'warning':'Pattern 'zzz' doesn't match any instances'}\n{'status':1}",
                desk.say("{'do':'list','patterns':['zzz']}"));
    }

    @Test void dependenciesAndDependentsAreListed() throws Exception {
        engine.instance("web:x", true, requires("db", "svc:/db"), requires("net", "svc:/net:x", "svc:/gone"),
                dependency("not", "exclude_all", "svc:/other:x"));
        engine.instance("db:x", true).instance("db:y", true).instance("net:x", true).instance("other:x", true);
        assertEquals(List.of("svc:/db:x", "svc:/db:y", "svc:/net:x"), fmris("{'do':'list','of':'dependencies','patterns':['web']}"));
        assertEquals(List.of("svc:/web:x"), fmris("{'do':'list','of':'dependents','patterns':['db']}"));
        assertEquals(List.of("svc:/web:x"), fmris("{'do':'list','of':'dependents','patterns':['db:x']}"));
        assertEquals(List.of(), fmris("{'do':'list','of':'dependents','patterns':['net']}"));
        assertEquals(List.of("svc:/web:x"), fmris("{'do':'list','of':'dependents','patterns':['net:x']}"));
    }

    @Test void dependencyDetailsAreAsStoredWithTheStateOfEachEntity() throws Exception {
        engine.instance("web:x", false, requires("all", "svc:/db", "svc:/net:x", "svc:/gone", "svc:/two"),
                dependency("file", "optional_all", "file:///", "file:///no/such/file"));
        engine.instance("db:x", true).instance("net:x", false).instance("two:a", true).instance("two:b", true);
        assertEquals("[{'name':'all','grouping':'require_all','restart_on':'none','entities':["
                + "{'fmri':'svc:/db','state':'online'},{'fmri':'svc:/net:x','state':'disabled'},"
                + "{'fmri':'svc:/gone','state':'absent'},{'fmri':'svc:/two','state':'multiple'}]},"
                + "{'name':'file','grouping':'optional_all','restart_on':'none','entities':["
                + "{'fmri':'file:///','state':'online'},{'fmri':'file:///no/such/file','state':'absent'}]}]",
                detail("{'do':'list','patterns':['web'],'details':['dependencies']}", "dependencies"));
    }

    @Test void processDetailsAreTheMembersOfTheContracts() throws Exception {
        engine.instance("web:x", true).process("web:x", new Contracts.Member(4711, 1741097330.25, "webd", "webd -f"));
        assertEquals("[{'pid':4711,'started':'1741097330.250000000','command':'webd','arguments':'webd -f'}]",
                detail("{'do':'list','details':['processes']}", "processes"));
    }

    @Test void propertyDetailsHaveDescriptionsAndNothingHidden() throws Exception {
        engine.instance("web:x", true, application("config", Property.count("port", 80), text("secret", "x")));
        engine.define("web", template("tm_pgpatnt_config", text("description_C", "how it is set up")),
                template("tm_proppat_nt_config_port", text("description_C", "where it listens")),
                template("tm_proppat_t_application_secret", text("visibility", "hidden")));
        assertEquals("[{'name':'config','type':'application','description':'how it is set up','properties':["
                + "{'name':'port','type':'count','values':['80'],'description':'where it listens'}]}]",
                detail("{'do':'list','details':['properties']}", "properties"));
    }

    @Test void theCommentIsThatOfTheSettingInForce() throws Exception {
        engine.instance("web:x", true);
        engine.relabel("web:x", l -> l.withSettings(true, Optional.of(false), l.sequence(), Optional.of("for now")));
        assertEquals("for now", desk.ask("{'do':'list'}").getFirst().getJsonObject("instance").getString("comment"));
    }

    @Test void effectivePropertiesAreTheRunningSnapshotAndWhatIsNotPersistent() throws Exception {
        engine.instance("web:x", true, application("config", Property.count("port", 80))).snapshot("web:x", "running");
        engine.define("web:x", application("config", Property.count("port", 81)));
        assertEquals("""
                {'entity':'svc:/web:x','kind':'instance','groups':[{'name':'config','type':'application','properties':[\
                {'name':'port','type':'count','values':['80']}]}]}
                {'status':0}""", desk.say("{'do':'properties','patterns':['web:x'],'groups':['config/port']}"));
        assertEquals("""
                {'entity':'svc:/web:x','kind':'instance','groups':[{'name':'restarter','type':'framework','properties':[\
                {'name':'state','type':'astring','values':['online']}]}]}
                {'status':0}""", desk.say("{'do':'properties','patterns':['web:x'],'groups':['restarter/state']}"));
        String current = desk.say("{'do':'properties','patterns':['web:x'],'view':'current','groups':['config']}");
        assertTrue(current.contains("'values':['81']"), current);
    }

    @Test void restarterGroupIsRendered() throws Exception {
        engine.instance("web:x", true);
        assertEquals("{'entity':'svc:/web:x/:properties/restarter','kind':'group','groups':["
                + "{'name':'restarter','type':'framework','properties':["
                + "{'name':'state','type':'astring','values':['online']},{'name':'next_state','type':'astring','values':['none']},"
                + "{'name':'state_timestamp','type':'time','values':['1741097330.042117000']},"
                + "{'name':'auxiliary_state','type':'astring','values':['dependencies_satisfied']},"
                + "{'name':'contract','type':'count','values':['17']},"
                + "{'name':'logfile','type':'astring','values':['/nowhere/var/svc/log/web:x.log']}]}]}\n{'status':0}",
                desk.say("{'do':'properties','patterns':['svc:/web:x/:properties/restarter']}"));
    }

    @Test void currentPropertiesSayWhoHoldsThem() throws Exception {
        engine.instance("web:x", true, application("config", Property.count("port", 80)));
        engine.define("web", application("config", Property.count("port", 1), text("host", "h")), application("more", text("a", "b")));
        assertEquals("""
                {'entity':'svc:/web:x','kind':'instance','groups':[{'name':'config','type':'application','properties':[\
                {'name':'port','type':'count','values':['80']},\
                {'name':'host','type':'astring','values':['h'],'holder':'svc:/web'}]},\
                {'name':'more','type':'application','holder':'svc:/web','properties':[\
                {'name':'a','type':'astring','values':['b'],'holder':'svc:/web'}]}]}
                {'status':0}""", desk.say("{'do':'properties','patterns':['web:x'],'view':'current','groups':['config','more']}"));
    }

    @Test void ownPropertiesOfAServiceWrittenExactlyAndMissingOnes() throws Exception {
        engine.instance("web:x", true);
        engine.define("web", application("config", text("host", "h")));
        assertEquals("""
                {'entity':'svc:/web','kind':'service','groups':[{'name':'config','type':'application','properties':[\
                {'name':'host','type':'astring','values':['h']}]}]}
                {'entity':'svc:/web','kind':'service','missing':'config/port'}
                {'entity':'svc:/web','kind':'service','missing':'nix'}
                {'status':0}""", desk.say("{'do':'properties','patterns':['web'],'groups':['config/port','config','nix']}"));
    }

    @Test void snapshotsAreInstancesOnly() throws Exception {
        engine.instance("web:x", true).snapshot("web:x", "initial").define("web", application("config", text("a", "b")));
        assertEquals("{'error':'No such snapshot.'}\n{'status':1}",
                desk.say("{'do':'properties','patterns':['web:x'],'view':'snapshot','snapshot':'later'}"));
        assertEquals("{'error':'Invalid snapshot name.'}\n{'status':1}",
                desk.say("{'do':'properties','patterns':['web:x'],'view':'snapshot','snapshot':'a b'}"));
        assertEquals("{'error':'Only instances have snapshots.'}\n{'status':1}",
                desk.say("{'do':'properties','patterns':['web'],'view':'snapshot','snapshot':'initial'}"));
        assertEquals("{'entity':'svc:/web:x','kind':'instance','groups':[{'name':'general','type':'framework','properties':["
                + "{'name':'enabled','type':'boolean','values':['true']}]}]}\n{'status':0}",
                desk.say("{'do':'properties','patterns':['web:x'],'view':'snapshot','snapshot':'initial'}"));
    }

    @Test void statusCounts() throws Exception {
        engine.instance("a:x", true).instance("b:x", false).settled(false);
        String said = desk.say("{'do':'status'}");
        assertTrue(said.contains("'instances':2,'online':1,'contained':'cgroup','reached':false,'milestone':'all','notices':[]"), said);
    }

    @Test void explainNamesDocumentsAndLogs() throws Exception {
        engine.instance("web:x", true, template("tm_man_webd", text("title", "webd"), text("section", "8"), text("manpath", ":default")),
                template("tm_doc_home", text("uri", "http://web.example/")));
        engine.move("web:x", new Phase.Maintenance(List.of()));
        String said = desk.say("{'do':'explain'}");
        assertTrue(
                said.startsWith("{'message_base':'http://illumos.org/msg/'}\n{'explanation':{'fmri':'svc:/web:x','state':'maintenance',"),
                said);
        assertTrue(said.contains("'documents':[{'uri':'http://web.example/'},{'title':'webd','section':'8','path':'/usr/share/man'}],"
                + "'logs':['/nowhere/var/svc/log/web:x.log'],'impact':[]"), said);
        assertTrue(said.endsWith("{'status':0}"), said);
    }

    private List<String> fmris(String request) throws Exception {
        return desk.ask(request).stream().filter(o -> o.containsKey("instance")).map(o -> o.getJsonObject("instance").getString("fmri"))
                .toList();
    }

    private String detail(String request, String name) throws Exception {
        return desk.ask(request).getFirst().getJsonObject("instance").get(name).toString().replace('"', '\'');
    }
}
