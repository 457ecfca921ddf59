package dev.svc.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Found.FoundContract;
import dev.svc.restarter.Found.Reading;
import dev.svc.restarter.Label;
import dev.svc.restarter.Moment;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Services;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The two questions that come before the table: is it enabled, is it defined? And what is reported.
class QuestionsTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final ContractId C17 = new ContractId(17);
    private static final Moment NOW = new Moment(new BootTime(1_000_000_000_000L), Instant.EPOCH, new ContractId(20));
    private static final Definition DEFINITION = Services.service(WEB, ServiceModel.CONTRACT, "start=/bin/web", "stop=/bin/web stop");

    private static Sequence at(String text) {
        String[] parts = text.split("\\.");
        return parts[0].equals("none")
                ? Sequence.NONE
                : new Sequence(Character.getNumericValue(parts[0].charAt(0)), parts[0].substring(1), Long.parseLong(parts[1]));
    }

    private static Label online(boolean enabled, Sequence sequence) {
        return Label.fresh(WEB, ServiceModel.CONTRACT, enabled, sequence, Instant.EPOCH)
                .withPhase(new Phase.Online(Optional.of(C17)), Instant.EPOCH);
    }

    private static Found running(Label label) {
        return new Found(WEB, Optional.of(label), Reading.INTACT,
                List.of(new FoundContract(C17, true, true, false, true, Optional.empty())));
    }

    private static TakenOver defined(Label label, boolean enabled, Freshness freshness) {
        return Takeover.reconcile(Map.of(WEB, DEFINITION), Map.of(WEB, enabled), List.of(running(label)), freshness, NOW);
    }

    private static TakenOver undefined(Found found, Freshness freshness) {
        return Takeover.reconcile(Map.of(), Map.of(), List.of(found), freshness, NOW);
    }

    @ParameterizedTest(name = "{0} repository at {1} ({2} for it) against a label at {3}: {4}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, nullValues = "-", textBlock = """
            complete   | 1a.7 | 1a.7 | 1a.6 | repository
            complete   | 1a.7 | -    | 1a.7 | repository
            complete   | 1a.7 | 1a.2 | 1a.8 | label
            complete   | 2a.1 | -    | 1a.9 | repository
            complete   | 1a.9 | -    | 2a.1 | label
            complete   | 1a.7 | -    | 1b.3 | neither
            incomplete | 1a.9 | 1a.7 | 1a.6 | repository
            incomplete | 1a.9 | 1a.5 | 1a.6 | label
            incomplete | 1a.9 | -    | 1a.6 | label
            incomplete | 1a.9 | -    | none | label
            """) void whoeverIsNewerSaysWhetherItIsEnabled(String complete, String repository, String row, String label, String follows) {
        Freshness freshness = new Freshness(
                complete.equals("complete"), at(repository), row == null ? Map.of() : Map.of(WEB, at(row)));
        TakenOver taken = defined(online(true, at(label)), false, freshness);
        assertEquals(!follows.equals("repository"), taken.labels().get(WEB).enabled());
        assertEquals(follows.equals("label") ? List.of(new WriteBack(WEB, true)) : List.of(), taken.writeBacks());
        assertEquals(switch (follows) {
            case "label" -> List.of(Finding.Kind.SETTING_RESTORED);
            case "neither" -> List.of(Finding.Kind.SETTING_IN_DOUBT);
            default -> List.of();
        }, taken.findings().stream().map(Finding::kind).toList());
        // Whatever is so, it is for the graph to stop it.
        assertEquals(new Phase.Online(Optional.of(C17)), taken.labels().get(WEB).phase());
        assertEquals(List.of(), taken.resumptions());
    }

    @Test void agreementNeedsNoStoring() {
        TakenOver taken = defined(online(true, at("1a.6")), true, new Freshness(true, at("1a.9"), Map.of(WEB, at("1a.6"))));
        assertEquals(List.of(), taken.effects());
        assertEquals(online(true, at("1a.6")), taken.labels().get(WEB));
    }

    @Test void aTemporarySettingLastsUntilANewerPermanentOne() {
        Label temporary = online(false, at("1a.6")).withSettings(false, Optional.of(true), at("1a.6"), Optional.empty());
        Label kept = defined(temporary, false, new Freshness(true, at("1a.9"), Map.of(WEB, at("1a.5")))).labels().get(WEB);
        assertEquals(Optional.of(true), kept.override());
        Label ended = defined(temporary, false, new Freshness(true, at("1a.9"), Map.of(WEB, at("1a.8")))).labels().get(WEB);
        assertEquals(Optional.empty(), ended.override());
        assertEquals(at("1a.8"), ended.sequence());
        assertFalse(ended.effectivelyEnabled());
    }

    @Test void aDisableNewerThanMaintenanceLeavesIt() {
        Label maintenance = online(true, at("1a.6")).withReason(Reason.METHOD_FAILED, Optional.empty())
                .withPhase(new Phase.Maintenance(List.of(C17)), Instant.EPOCH);
        Event disable = new Event.Disable(Event.By.ADMINISTRATOR);
        TakenOver newer = defined(maintenance, false, new Freshness(true, at("1a.7"), Map.of(WEB, at("1a.7"))));
        assertEquals(List.of(new Resumption(WEB, List.of(disable))), newer.resumptions());
        Label known = maintenance.withSettings(false, Optional.empty(), at("1a.6"), Optional.empty());
        TakenOver older = defined(known, false, new Freshness(true, at("1a.7"), Map.of(WEB, at("1a.6"))));
        assertEquals(List.of(), older.resumptions());
    }

    @Test void whatWasDeletedIsStoppedAndForgotten() {
        TakenOver taken = undefined(running(online(true, at("1a.6"))), new Freshness(true, at("1a.7"), Map.of()));
        assertEquals(List.of(new Resumption(WEB, List.of(new Event.Requested(new Request.Forget())))), taken.resumptions());
        assertEquals(Finding.Kind.DELETED, taken.findings().getFirst().kind());
        assertTrue(taken.standIns().get(WEB).method("stop").orElseThrow().isKill());
    }

    /// The simulation found it kept for ever.
    @Test void whatLostOnlyItsSettingIsForgotten() {
        TakenOver taken = Takeover.reconcile(Map.of(WEB, DEFINITION), Map.of(), List.of(running(online(true, at("1a.6")))),
                new Freshness(true, at("1a.7"), Map.of()), NOW);
        assertEquals(List.of(new Resumption(WEB, List.of(new Event.Requested(new Request.Forget())))), taken.resumptions());
    }

    /// It had seen only the last change of this instance, and so a temporary setting made later was dropped; found by the simulation.
    @Test void aLabelMadeFromACompleteRepositoryHasSeenAllOfIt() {
        TakenOver taken = Takeover.reconcile(Map.of(WEB, DEFINITION), Map.of(WEB, true), List.of(),
                new Freshness(true, at("1a.9"), Map.of(WEB, at("1a.5"))), NOW);
        assertEquals(at("1a.9"), taken.labels().get(WEB).sequence());
    }

    @ParameterizedTest
    @CsvSource({"true, 1a.5", "true, 1b.9", "false, 1a.9"}) void whatWasLostIsKeptDegradedAndReported(boolean complete, String repository) {
        TakenOver taken = undefined(running(online(true, at("1a.6"))), new Freshness(complete, at(repository), Map.of()));
        assertEquals(new Phase.Degraded(Optional.of(C17)), taken.labels().get(WEB).phase());
        assertEquals(List.of(new Effect.WriteLabel(taken.labels().get(WEB))), taken.effects());
        assertEquals(List.of(), taken.resumptions());
        assertEquals(Finding.Kind.DEFINITION_LOST, taken.findings().getFirst().kind());
        assertFalse(taken.standIns().get(WEB).faults().isEmpty(), "it cannot be started");
    }

    @Test void anIncompleteRepositoryWithTheDeletionInItDeletes() {
        TakenOver taken = undefined(running(online(true, at("1a.6"))), new Freshness(false, at("1a.9"), Map.of(WEB, at("1a.7"))));
        assertEquals(Finding.Kind.DELETED, taken.findings().getFirst().kind());
    }

    @Test void theEmptyGroupOfADeletedInstanceGoes() {
        Found group = new Found(WEB, Optional.empty(), Reading.NONE, List.of());
        TakenOver taken = undefined(group, new Freshness(true, at("1a.7"), Map.of()));
        assertEquals(List.of(new Resumption(WEB, List.of(new Event.Requested(new Request.Forget())))), taken.resumptions());
    }

    @Test void nothingIsForgottenWhenBothLabelAndDefinitionAreLost() {
        Found lost = new Found(WEB, Optional.empty(), Reading.UNREADABLE, List.of());
        TakenOver taken = undefined(lost, new Freshness(false, at("1a.7"), Map.of()));
        assertEquals(new Phase.Maintenance(List.of()), taken.labels().get(WEB).phase());
        assertEquals(Finding.Kind.HISTORY_UNKNOWN, taken.findings().getFirst().kind());
        Found populated = new Found(WEB, Optional.empty(), Reading.UNREADABLE,
                List.of(new FoundContract(C17, true, true, false, true, Optional.empty())));
        assertEquals(
                new Phase.Degraded(Optional.of(C17)),
                undefined(populated, new Freshness(true, at("1a.7"), Map.of())).labels().get(WEB).phase());
    }

    @Test void anIncompleteInstanceIsLeftAlone() {
        TakenOver taken = Takeover.reconcile(Map.of(WEB, DEFINITION), Map.of(), List.of(), new Freshness(true, at("1a.1"), Map.of()), NOW);
        assertEquals(Map.of(), taken.labels());
    }

    @Test void theManagersOwnInstanceKeepsItsLabelAndIsNotRun() {
        InstanceFmri own = InstanceFmri.MASTER_RESTARTER;
        Label label = Label.fresh(own, ServiceModel.CONTRACT, true, at("1a.1"), Instant.EPOCH);
        TakenOver taken = Takeover.reconcile(
                Map.of(own, Services.service(own, ServiceModel.CONTRACT)),
                Map.of(own, true),
                List.of(new Found(own, Optional.of(label), Reading.INTACT, List.of())),
                new Freshness(true, at("1a.1"), Map.of()),
                NOW);
        assertEquals(Map.of(own, label), taken.labels());
        assertEquals(List.of(), taken.resumptions());
    }

    @Test void instancesOfOtherRestartersAreTheirs() {
        Definition d = DEFINITION;
        Definition delegated = new Definition(d.fmri(), d.model(), InstanceFmri.parse("svc:/network/inetd:default"), List.of(), d.methods(),
                d.rateLimit(), d.ignoredErrors(), d.timeoutRule(), "", List.of());
        TakenOver taken = Takeover.reconcile(
                Map.of(WEB, delegated), Map.of(WEB, true), List.of(), new Freshness(true, at("1a.1"), Map.of()), NOW);
        assertEquals(List.of(), taken.resumptions());
        assertEquals(new Phase.Uninitialized(), taken.labels().get(WEB).phase());
    }
}
