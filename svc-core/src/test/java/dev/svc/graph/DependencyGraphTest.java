package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.fmri.FileFmri;
import dev.svc.model.ErrorClass;
import dev.svc.model.State;
import dev.svc.model.Transition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyGraphTest {
    // ---- who starts

    @Test void dependenciesStartFirst() {
        var play = Play.of("""
                web -> app
                app -> db
                db
                """, "web", "app", "db");
        assertEquals("app=online db=online web=online", play.states());
    }

    @Test void whatRequiresADisabledInstanceWaitsAndStartsWhenThatIsEnabled() {
        var play = Play.of("""
                web -> a b
                a
                b
                """, "web", "a");
        assertEquals("a=online b=disabled web=offline", play.states());
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("web"));
        assertEquals("start b, start web", play.enable("b"));
    }

    @Test void anyOneOfSeveralSuffices() {
        var play = Play.of("""
                web ?> a b
                a
                b
                """, "web");
        assertEquals("start b, start web", play.enable("b"));
        assertEquals("start a", play.enable("a"));
    }

    @Test void emptyGroupsAreSatisfied() {
        var play = Play.allOf("""
                web ->
                app ?>
                """);
        assertEquals("app=online web=online", play.states());
    }

    @Test void anInstanceOfAServiceSuffices() {
        var play = Play.of("""
                web -> @db
                db:a
                db:b
                """, "web");
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("web"));
        assertEquals("start db:b, start web", play.enable("db:b"));
    }

    @Test void aServiceGainsAnInstanceAtRunTime() {
        var play = Play.allOf("web -> @db");
        assertEquals("start db:a, start web", play.insert("db:a", EnabledSetting.ENABLED));
        assertEquals("", play.remove("db:a"));
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("web"));
        assertEquals("web=online", play.states());
    }

    @Test void aChainThatEndsInADisabledInstanceIsUnsatisfiableAllTheWay() {
        var play = Play.of("""
                web -> app
                app -> db
                db
                """, "web", "app");
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("web"));
        play.hold("db").enable("db");
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("web"));
        play.finish("db");
        assertEquals("app=online db=online web=online", play.states());
    }

    @Test void theManagerIsAlwaysThere() {
        assertEquals("a=online b=online", Play.allOf("""
                a -> system/svc/restarter
                b ?> @system/svc/restarter
                """).states());
    }

    @Test void whoReportsOfflineAgainIsStartedAgain() {
        var play = Play.allOf("a").hold("a");
        play.exits("a");
        assertEquals(
                List.of(new Command.Start(Drawing.instance("a"))),
                stepped(play.graph, "a", Optional.empty(), transition("a", State.OFFLINE, State.OFFLINE, ErrorClass.NONE)));
    }

    // ---- optional_all

    @ParameterizedTest(name = "optional on {0}: {1}")
    @CsvSource({
            "disabled, online",
            "absent, online",
            "maintenance, online",
            "hopeless, online",
            "starting, offline",
            "uninitialized, offline",
            "online, online"}) void optionalDependency(String log, String web) {
        var play = Play.of("""
                web ~> log
                log -> need
                log ~> slow
                need
                slow
                """, "need");
        if (log.equals("absent")) {
            play.remove("log");
        } else if (log.equals("uninitialized")) {
            play.hold("log").enable("log");
            play.becomes("log", State.UNINITIALIZED, ErrorClass.NONE);
        } else if (!log.equals("disabled")) {
            if (log.equals("starting")) {
                play.hold("log");
                play.enable("log");
                play.becomes("log", State.OFFLINE, ErrorClass.NONE);
            } else {
                play.enable("log");
            }
            if (log.equals("maintenance")) {
                play.fails("log");
            } else if (log.equals("hopeless")) {
                play.disable("need");
                play.exits("log");
            }
        }
        play.enable("web");
        assertEquals(web, play.state("web").word());
    }

    @Test void whoWaitsForAnOptionalOneStartsWhenThatBecomesHopeless() {
        var play = Play.of("""
                web ~> log
                log -> net
                net -> /etc/net
                """, "web", "log", "net");
        assertEquals("log=offline net=offline web=offline", play.states());
        assertEquals("start web", play.isMissing("/etc/net"));
        assertEquals("start net, start log", play.appears("/etc/net"));
    }

    @Test void optionalServiceCountsOnlyInstancesThatAreEnabled() {
        var play = Play.of("""
                web ~> @log
                log:a
                log:b -> absent
                """, "log:b");
        assertEquals("start web", play.enable("web"));
    }

    // ---- exclude_all

    @Test void excludedInstanceStopsWhateverRestartOnSays() {
        var play = Play.of("""
                batch !> live  none
                live
                """, "batch");
        assertEquals("start live, stop(restart) batch", play.enable("live"));
        assertEquals("disable live, start batch", play.disable("live"));
    }

    @Test void excludedServiceMeansAllItsInstances() {
        var play = Play.of("""
                batch !> @live
                live:a
                live:b
                """, "live:a", "live:b", "batch");
        play.disable("live:a");
        assertEquals("batch=offline live:a=disabled live:b=online", play.states());
        assertEquals("disable live:b, start batch", play.disable("live:b"));
    }

    @Test void excludedInstanceThatMayStartIsWaitedFor() {
        var play = Play.of("""
                batch !> live
                live -> net
                net
                """, "live", "batch");
        assertEquals(Satisfaction.UNSATISFIED, play.satisfaction("batch"));
        assertEquals("start batch", play.fails("live"));
    }

    // ---- files

    @Test void missingFileIsWaitedForAlsoByOptionalGroups() {
        var play = Play.allOf("""
                a -> /etc/a
                b ~> /etc/a
                c !> /etc/a
                """);
        assertEquals(List.of(new FileFmri("/etc/a")), play.graph.files());
        assertEquals("a=offline b=offline c=offline", play.states());
        assertEquals("start c", play.isMissing("/etc/a"));
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("b"));
        assertEquals("start a, start b", play.appears("/etc/a"));
        assertEquals("", play.isMissing("/etc/a"));
        assertEquals("a=online b=online c=online", play.states());
    }

    @Test void anyOneOfSeveralFilesSuffices() {
        var play = Play.allOf("a ?> /x /y");
        play.isMissing("/x");
        assertEquals("start a", play.appears("/y"));
    }

    @Test void filesFollowDefinitions() {
        var play = Play.allOf("a -> /x /y");
        play.refresh("a -> /y");
        assertEquals(List.of(new FileFmri("/y")), play.graph.files());
        play.remove("a");
        assertEquals(List.of(), play.graph.files());
    }

    /// All in one turn, nobody looked again, and it waited for ever (simulation, seed 600027879).
    @Test void fileThatNobodyNamedForAMomentIsToBeLookedAtAgain() {
        var play = Play.allOf("a !> /x");
        assertEquals(List.of(new FileFmri("/x")), play.graph.unseenFiles());
        play.isMissing("/x");
        assertEquals(List.of(), play.graph.unseenFiles());
        play.refresh("a");
        play.refresh("a !> /x");
        assertEquals(List.of(new FileFmri("/x")), play.graph.unseenFiles());
    }

    // ---- who stops

    @ParameterizedTest(name = "restart_on {0}: core {1}, exit {2}, refresh {3}, disable {4}")
    @CsvSource({
            "none,    -,    -,    -,    -",
            "error,   stop, -,    -,    -",
            "restart, stop, stop, -,    stop",
            "refresh, stop, stop, stop, stop"}) void restartOn(String restartOn, String core, String exit, String refresh, String disable) {
        String drawing = "web -> db " + restartOn + "\ndb";
        assertEquals(stops("fault", core), Play.allOf(drawing).hold("db").dumpsCore("db"));
        assertEquals(stops("restart", exit), Play.allOf(drawing).hold("db").exits("db"));
        assertEquals(stops("refresh", refresh), Play.allOf(drawing).isRefreshed("db").replace(", start web", ""));
        assertEquals(
                disable.equals("-") ? "disable db" : "stop(restart) web, disable db",
                Play.allOf(drawing).disable("db"));
    }

    private static String stops(String cause, String expected) {
        return expected.equals("-") ? "" : "stop(" + cause + ") web";
    }

    @Test void stoppedDependentComesBackWithItsDependency() {
        var play = Play.allOf("""
                web -> db  restart
                db
                """);
        assertEquals("stop(restart) web, start db, start web",
                play.exits("db"));
        assertEquals("db=online web=online", play.states());
    }

    @Test void aFaultIsAFaultForOneLevelOnly() {
        var play = Play.allOf("""
                c -> b  error
                b -> a  error
                a
                """).hold("a");
        assertEquals("stop(fault) b", play.dumpsCore("a"));
        play = Play.allOf("""
                c -> b  restart
                b -> a  error
                a
                """).hold("a");
        assertEquals("stop(fault) b, stop(restart) c", play.dumpsCore("a"));
    }

    @Test void oneOfSeveralSufficientInstancesStoppedRestartsTheDependentNeedlessly() {
        var play = Play.allOf("""
                web ?> a b  restart
                a
                b
                """).hold("a");
        assertEquals("stop(restart) web, start web", play.exits("a"));
    }

    @Test void theSameThroughAService() {
        var play = Play.allOf("""
                web -> @db  restart
                db:a
                db:b
                """).hold("db:a");
        assertEquals("stop(restart) web, start web", play.exits("db:a"));
    }

    @Test void deletedInstanceStopsItsDependents() {
        var play = Play.allOf("""
                web -> db  restart
                db
                """);
        assertEquals("stop(restart) web", play.remove("db"));
        assertEquals(Satisfaction.UNSATISFIABLE, play.satisfaction("web"));
        assertEquals("start db, start web", play.insert("db", EnabledSetting.ENABLED));
    }

    @Test void unsatisfiedDependencyAloneStopsNobody() {
        var play = Play.allOf("""
                web
                db
                """);
        play.disable("db");
        assertEquals("", play.refresh("web -> db  restart"));
        assertEquals("db=disabled web=online", play.states());
    }

    @Test void dependencyLostWhileStartingStopsTheInstanceOnceItIsOnline() {
        var play = Play.of("""
                web -> db  restart
                db
                """, "db").hold("web", "db");
        play.enable("web");
        play.becomes("web", State.OFFLINE, ErrorClass.NONE);
        play.exits("db");
        assertEquals("", play.becomes("web", State.ONLINE, ErrorClass.NONE));
        assertEquals("start db", play.finish("db"));
        assertEquals("stop(restart) web, start web", play.finish("web"));
    }

    // ---- restarters

    @Test void aDelegatedRestarterIsADependency() {
        var play = Play.of("""
                ftp by inetd
                inetd
                """, "ftp");
        assertEquals("ftp=offline inetd=disabled", play.states());
        assertEquals("start inetd, start ftp", play.enable("inetd"));
        assertEquals("stop(restart) ftp, disable inetd", play.disable("inetd"));
    }

    // ---- an administrator's disable

    ///      top (restart)     side (none)    opt (optional, restart)
    ///        │                 │              │
    ///       mid (restart)      │              │
    ///        └───────────────root─────────────┘
    @Test void disableGoesThroughDependentsLeavesFirst() {
        var play = Play.allOf("""
                top -> mid  restart
                mid -> root  restart
                side -> root  none
                faulty -> root  error
                opt ~> root  none
                root
                """);
        assertEquals("stop(restart) top, stop(restart) mid, disable root", play.disable("root"));
        assertEquals("faulty=online mid=offline opt=online root=disabled side=online top=offline", play.states());
        assertEquals("start root, start mid, start top", play.enable("root"));
    }

    @Test void disableWaitsForEveryDependent() {
        var play = Play.allOf("""
                a -> root  restart
                b -> root  restart
                root
                """).hold("a", "b");
        assertEquals("", play.disable("root"));
        assertEquals("stop(restart) a", play.finish("a"));
        assertEquals("stop(restart) b, disable root", play.finish("b"));
    }

    @Test void optionalDependentIsNotWaitedForByADisable() {
        var play = Play.allOf("""
                opt ~> root  restart
                root
                """).hold("opt");
        assertEquals("disable root", play.disable("root"));
        assertEquals("stop(restart) opt, start opt", play.finish("opt"));
    }

    @Test void dependentThatFailsToStopDoesNotHoldUpTheDisable() {
        var play = Play.allOf("""
                a -> root  restart
                root
                """).hold("a");
        play.disable("root");
        assertEquals("disable root", play.fails("a"));
    }

    @Test void dependentOfAServiceIsStoppedThoughAnotherInstanceRemainsAndComesBackOnce() {
        var play = Play.allOf("""
                web -> @db  restart
                db:a
                db:b
                """);
        assertEquals("stop(restart) web, disable db:a, start web", play.disable("db:a"));
    }

    @Test void enableDuringADisableLetsEverythingComeBack() {
        var play = Play.allOf("""
                top -> mid  restart
                mid -> root  restart
                root
                """).hold("top");
        assertEquals("", play.disable("root"));
        assertEquals("", play.enable("root"));
        assertEquals("stop(restart) top, start top", play.finish("top"));
        assertEquals("mid=online root=online top=online", play.states());
    }

    @Test void enabledAgainWhileItGoesItIsWaitedFor() {
        var play = Play.allOf("""
                web -> db  restart
                db
                """).hold("db");
        assertEquals("stop(restart) web", play.disable("db"));
        assertEquals("", play.enable("db"));
        assertEquals(State.OFFLINE, play.state("web"));
        assertEquals("disable db, start db, start web", play.finish("db"));
    }

    @Test void innerEnableDuringADisableStrandsNobody() {
        var play = Play.allOf("""
                top -> mid  restart
                mid -> root  restart
                root
                """).hold("top");
        play.disable("mid");
        play.disable("root");
        play.enable("mid");
        assertEquals("stop(restart) top, stop(restart) mid, disable root", play.finish("top"));
        assertEquals("start root, start mid, start top", play.enable("root"));
    }

    @Test void twoDisablesAtOnceEndBoth() {
        var play = Play.allOf("""
                top -> a b  restart
                a -> base  restart
                b -> base  restart
                base
                """).hold("top");
        play.disable("a");
        play.disable("base");
        assertEquals("stop(restart) top, disable a, stop(restart) b, disable base", play.finish("top"));
        assertEquals("start base, start b", play.enable("base"));
        assertEquals("start a, start top", play.enable("a"));
    }

    @Test void dependentThatComesOnlineDuringADisableIsStoppedAgain() {
        var play = Play.of("""
                web -> db  restart
                db
                """, "db").hold("web");
        play.enable("web");
        play.becomes("web", State.OFFLINE, ErrorClass.NONE);
        play.hold("db").disable("db");
        play.becomes("web", State.ONLINE, ErrorClass.NONE);
        assertEquals("disable db", play.finish("db"));
        assertEquals("stop(restart) web", play.finish("web"));
        assertEquals("db=disabled web=offline", play.states());
    }

    @Test void anInstanceInMaintenanceIsDisabled() {
        var play = Play.allOf("a");
        play.fails("a");
        assertEquals("disable a", play.disable("a"));
        assertEquals("a=disabled", play.states());
    }

    @Test void rootThatFailsWhileItsDependentsGoIsStillDisabled() {
        var play = Play.allOf("""
                web -> db  restart
                db
                """).hold("web");
        play.disable("db");
        assertEquals("disable db", play.fails("db"));
        assertEquals(State.DISABLED, play.state("db"));
    }

    @Test void disabledMeanwhileStartingIsDisabledWhenItIsOnline() {
        var play = Play.of("a").hold("a");
        play.enable("a");
        play.becomes("a", State.OFFLINE, ErrorClass.NONE);
        play.disable("a");
        play.becomes("a", State.ONLINE, ErrorClass.NONE);
        assertEquals("disable a", play.finish("a"));
    }

    @Test void clearedInstanceStartsAgain() {
        var play = Play.allOf("""
                web -> db
                db
                """);
        play.fails("db");
        play.exits("web");
        assertEquals("db=maintenance web=offline", play.states());
        assertEquals("start db, start web", play.isCleared("db"));
    }

    // ---- taking over

    @Test void adoptedInstanceThatIsNotEnabledAnyMoreGoesAfterItsDependents() {
        var graph = new DependencyGraph();
        for (var definition : Drawing.of("""
                web -> db  restart
                db
                """)) {
            graph.load(
                    definition,
                    State.ONLINE,
                    Drawing.word(definition.fmri()).equals("web") ? EnabledSetting.ENABLED : EnabledSetting.DISABLED, Side.INSIDE);
        }
        assertEquals(
                List.of(
                        new Command.Enable(Drawing.instance("web")),
                        new Command.Stop(Drawing.instance("web"), ErrorClass.RESTART)),
                graph.settleAll(new Milestone.All(), Entry.TAKEN_OVER));
    }

    @Test void adoptedInstancesWithUnsatisfiedDependenciesAreLeftAlone() {
        var graph = new DependencyGraph();
        graph.load(Drawing.one("web -> absent  refresh"), State.ONLINE, EnabledSetting.ENABLED, Side.INSIDE);
        assertEquals(
                List.of(new Command.Enable(Drawing.instance("web"))),
                graph.settleAll(new Milestone.All(), Entry.TAKEN_OVER));
    }

    @Test void whatDiedUnwatchedStopsItsDependentsOnceAllAreLoaded() {
        var graph = new DependencyGraph();
        for (var definition : Drawing.of("""
                web -> db  restart
                db -> disk
                """)) {
            graph.load(definition, State.ONLINE, EnabledSetting.ENABLED, Side.INSIDE);
        }
        assertEquals(List.of(),
                stepped(graph, "db", Optional.empty(), transition("db", State.ONLINE, State.OFFLINE, ErrorClass.RESTART)));
        assertEquals(
                List.of(
                        new Command.Enable(Drawing.instance("web")),
                        new Command.Enable(Drawing.instance("db")),
                        new Command.Stop(Drawing.instance("web"), ErrorClass.RESTART)),
                graph.settleAll(new Milestone.All(), Entry.TAKEN_OVER));
    }

    @Test void whoseStopFailedAtTakeoverIsNotToldToLeaveMaintenance() {
        var graph = new DependencyGraph();
        graph.load(Drawing.one("db"), State.ONLINE, EnabledSetting.DISABLED, Side.INSIDE);
        assertEquals(List.of(),
                stepped(graph, "db", Optional.empty(), transition("db", State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT)));
        assertEquals(
                List.of(new Command.Disable(Drawing.instance("db"), Command.By.GRAPH)),
                graph.settleAll(new Milestone.All(), Entry.TAKEN_OVER));
    }

    /// The web server was started against it, and at once stopped with it.
    @Test void nobodyStartsAgainstWhatWasStoppingWhenItsManagerDied() {
        var graph = new DependencyGraph();
        graph.load(Drawing.one("web -> db  restart"), State.OFFLINE, EnabledSetting.ENABLED, Side.INSIDE);
        graph.load(Drawing.one("db"), State.ONLINE, EnabledSetting.ENABLED, Side.INSIDE);
        stepped(graph, "db", Optional.of(State.OFFLINE));
        assertEquals(
                List.of(new Command.Enable(Drawing.instance("web")), new Command.Enable(Drawing.instance("db"))),
                graph.settleAll(new Milestone.All(), Entry.TAKEN_OVER));
        stepped(graph, "db", Optional.empty(), transition("db", State.ONLINE, State.OFFLINE, ErrorClass.RESTART));
        assertEquals(
                List.of(new Command.Start(Drawing.instance("web"))),
                stepped(graph, "db", Optional.empty(), transition("db", State.OFFLINE, State.ONLINE, ErrorClass.NONE)));
    }

    /// It came up with a definition that had become part of a cycle, for which it goes to maintenance: the web server was started first.
    @Test void nobodyStartsAgainstWhatStopsTheMomentItIsUp() {
        var play = Play.allOf("web -> db  restart\ndb").hold("db");
        play.exits("db");
        assertEquals(
                List.of(),
                stepped(play.graph, "db", Optional.of(State.MAINTENANCE),
                        transition("db", State.OFFLINE, State.ONLINE, ErrorClass.NONE)));
        assertEquals(
                List.of(),
                stepped(play.graph, "db", Optional.empty(), transition("db", State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT)));
    }

    /// A refresh that had waited for the start: the web server was started between the two, and stopped for the refresh when it was up.
    @Test void whoStartsOnceAStepIsCompleteMissedNothingOfIt() {
        var play = Play.allOf("web -> db  refresh\ndb").hold("db");
        play.exits("db");
        assertEquals(
                List.of(new Command.Start(Drawing.instance("web"))),
                stepped(play.graph, "db", Optional.empty(),
                        transition("db", State.OFFLINE, State.ONLINE, ErrorClass.NONE),
                        transition("db", State.ONLINE, State.ONLINE, ErrorClass.REFRESH)));
        assertEquals(
                List.of(),
                stepped(play.graph, "web", Optional.empty(), transition("web", State.OFFLINE, State.ONLINE, ErrorClass.NONE)));
    }

    @Test void whatHappensToAnUnknownInstanceChangesNothing() {
        var graph = Play.of("a").graph;
        assertEquals(List.of(), graph.remove(Drawing.instance("b")));
        assertEquals(List.of(), stepped(graph, "b", Optional.empty(), transition("b", State.ONLINE, State.OFFLINE, ErrorClass.FAULT)));
    }

    private static List<Command> stepped(DependencyGraph graph, String word, Optional<State> next, Transition... completed) {
        return graph.stepped(Drawing.instance(word), List.of(completed), next);
    }

    private static Transition transition(String word, State from, State to, ErrorClass error) {
        return new Transition(Drawing.instance(word), from, to, error);
    }
}
