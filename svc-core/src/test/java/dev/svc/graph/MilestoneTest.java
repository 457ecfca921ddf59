package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilestoneTest {
    /// ```
    ///   milestone/multi-user ──► net ──► disk
    ///                       ~~► log
    ///   web ──► net            app ──► web
    /// ```
    private static final String SYSTEM = """
            milestone/multi-user -> net
            milestone/multi-user ~> log
            app -> web
            web -> net
            net -> disk
            log
            disk
            """;

    @ParameterizedTest
    @CsvSource({
            "all, all",
            "none, none",
            "multi-user, svc:/milestone/multi-user:default",
            "milestone/single-user, svc:/milestone/single-user:default",
            "multi-user-server:default, svc:/milestone/multi-user-server:default",
            "svc:/milestone/multi-user, svc:/milestone/multi-user:default",
            "user, ''",
            "multi, ''",
            "default, ''",
            "svc:/network:default, ''"}) void words(String word, String milestone) {
        assertEquals(milestone, Milestone.named(word).map(Milestone::toString).orElse(""));
    }

    @Test void whatIsOutsideGoesDependentsFirst() {
        var play = Play.allOf(SYSTEM);
        assertEquals("disable app, disable web", play.milestone("multi-user"));
        assertEquals("app=disabled disk=online log=online milestone/multi-user=online net=online web=disabled", play.states());
        assertEquals(List.of(), play.graph.outstanding());
        assertEquals("start web, start app", play.milestone("all"));
    }

    @Test void noneTakesEverythingDownInReverseOrder() {
        var play = Play.allOf(SYSTEM).hold("app");
        assertEquals("disable milestone/multi-user, disable log", play.milestone("none"));
        assertEquals(4, play.graph.outstanding().size());
        assertEquals("disable app, disable web, disable net, disable disk", play.finish("app"));
        assertEquals(List.of(), play.graph.outstanding());
    }

    @Test void theSettingsItMakesAreTemporary() {
        var play = Play.allOf("a");
        assertEquals(
                List.of(
                        new Command.Override(Drawing.instance("a"), Optional.of(false)),
                        new Command.Disable(Drawing.instance("a"), Command.By.GRAPH)),
                play.graph.milestone(new Milestone.None()));
        assertEquals(
                List.of(
                        new Command.Override(Drawing.instance("a"), Optional.empty()),
                        new Command.Enable(Drawing.instance("a"))),
                play.graph.milestone(new Milestone.All()));
    }

    @Test void insideTemporarySettingsAreDropped() {
        var play = Play.allOf(SYSTEM);
        play.disableTemporarily("log");
        assertEquals(State.DISABLED, play.state("log"));
        play.milestone("multi-user");
        assertEquals(State.ONLINE, play.state("log"));
    }

    @Test void anOptionalDependencyThatIsNotEnabledForGoodStaysOutside() {
        var play = Play.of(SYSTEM, "milestone/multi-user", "net", "disk");
        play.enableTemporarily("log");
        assertEquals("disable log", play.milestone("multi-user"));
        assertEquals("start log", play.enable("log"));
    }

    @Test void anOfflineInstanceIsDisabledToo() {
        var play = Play.of("""
                web -> db
                db
                """, "web");
        play.milestone("none");
        assertEquals("db=disabled web=disabled", play.states());
    }

    @Test void whoFailsOnTheWayDownHoldsUpNobody() {
        var play = Play.allOf("""
                web -> db
                db
                """).hold("web");
        play.milestone("none");
        assertEquals("disable db", play.fails("web"));
        assertEquals(List.of(), play.graph.outstanding());
    }

    @Test void aMilestoneAtBootStartsOnlyWhatIsInside() {
        var play = Play.of(SYSTEM, Milestone.named("multi-user").orElseThrow(), "milestone/multi-user", "net", "disk", "web", "app");
        assertEquals("app=disabled disk=online log=disabled milestone/multi-user=online net=online web=disabled", play.states());
    }

    @Test void anInstanceAddedOutsideStaysDown() {
        var play = Play.of(SYSTEM, Milestone.named("multi-user").orElseThrow(), "milestone/multi-user", "net", "disk");
        assertEquals("", play.insert("extra", EnabledSetting.ENABLED));
        assertEquals(State.DISABLED, play.state("extra"));
        assertEquals("start extra", play.refresh("net -> disk extra"));
    }

    @Test void aMilestoneThatIsAbsentExcludesNobodyUntilItComes() {
        var play = Play.of("a", Milestone.named("single-user").orElseThrow(), "a");
        assertEquals("a=online", play.states());
        play.insert("milestone/single-user", EnabledSetting.ENABLED);
        assertEquals("a=disabled milestone/single-user=online", play.states());
    }

    @Test void aNewManagerChangesNothingIfItHadBeenReached() {
        var graph = new DependencyGraph();
        graph.load(Drawing.one("milestone/multi-user"), State.ONLINE, EnabledSetting.ENABLED);
        graph.load(Drawing.one("extra"), State.ONLINE, new EnabledSetting(false, Optional.of(true)));
        var commands = graph.settleAll(new Milestone.At(new InstanceFmri("milestone/multi-user", "default")), Entry.REACHED);
        assertEquals(List.of(), commands.stream().filter(c -> !(c instanceof Command.Enable)).toList());
    }

    @Test void aNewManagerGoesOnTakingDown() {
        var graph = new DependencyGraph();
        graph.load(Drawing.one("milestone/multi-user"), State.ONLINE, EnabledSetting.ENABLED);
        graph.load(Drawing.one("web"), State.ONLINE, EnabledSetting.ENABLED);
        graph.load(Drawing.one("tool"), State.ONLINE, new EnabledSetting(false, Optional.of(true)));
        graph.settleAll(new Milestone.At(new InstanceFmri("milestone/multi-user", "default")), Entry.INTERRUPTED);
        assertEquals(List.of(Drawing.instance("web")), graph.outstanding());
    }
}
