package dev.svc.restarter;

import static dev.svc.restarter.Life.contract;
import static dev.svc.restarter.Life.emptied;
import static dev.svc.restarter.Life.exited;
import static dev.svc.restarter.Life.killed;
import static dev.svc.restarter.Life.refused;
import static dev.svc.restarter.Life.revoked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Definition;
import dev.svc.model.Definition.RateLimit;
import dev.svc.model.Definition.TimeoutRule;
import dev.svc.model.ErrorClass;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The way up: offline to online, or to maintenance.
class StartTest {
    @Test void enabledThenStartedThenOnline() {
        Life.of(Services.daemon())
                .shows("uninitialized insert_in_graph")
                .on(new Event.Enable())
                .shows("offline per_configuration").told(State.UNINITIALIZED, State.OFFLINE, ErrorClass.NONE).logged("Enabled.")
                .did("write")
                .on(new Event.Start())
                .shows("offline*online dependencies_satisfied").told().did("write, create 1, run start 1").logged()
                .on(exited(1, 0))
                .is(new Phase.Online(Optional.of(contract(1))))
                .shows("online dependencies_satisfied").told(State.OFFLINE, State.ONLINE, ErrorClass.NONE).did("write")
                .logged("Method \"start\" exited with status 0.");
    }

    @Test void enablingAgainOrStartingAgainIsNoNews() {
        Life.online(Services.daemon()).on(new Event.Enable()).did("").told().on(new Event.Start()).did("").told();
    }

    @Test void theDeadlineIsTheTimeoutOfTheStartMethod() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start());
        assertEquals(Optional.of(life.now().plus(Duration.ofSeconds(60))), life.label().phase().due());
    }

    @Test void whatAFailedStartLeftIsKilledAndRevokedBeforeTheNextTry() {
        Life.offline(Services.daemon())
                .on(new Event.Start())
                .on(exited(1, 1)).did("write, kill 1, revoke 1").logged("Method \"start\" exited with status 1.").told()
                .on(refused(1)).did("")
                .on(emptied(1)).did("revoke 1")
                .on(revoked(1)).did("write, drop 1, create 2, run start 2").told()
                .shows("offline*online dependencies_satisfied");
    }

    @Test void thirdFailureInARowEndsInMaintenance() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start())
                .on(exited(1, 1)).on(revoked(1))
                .on(killed(2, 11)).logged("Method \"start\" failed due to signal SEGV.").on(revoked(2))
                .on(exited(3, 2)).on(revoked(3));
        life.shows("maintenance fault_threshold_reached").told(State.OFFLINE, State.MAINTENANCE, ErrorClass.FAULT).did("write, drop 3");
        assertEquals(Optional.of(new MethodFailure("start", WaitStatus.exited(2), false)), life.label().failure());
        assertEquals(Optional.of(WaitStatus.exited(2)), life.label().startStatus());
    }

    @Test void twoFailuresThenSuccessIsOnlineAndForgetsThem() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start())
                .on(exited(1, 1)).on(revoked(1)).on(exited(2, 1)).on(revoked(2)).on(exited(3, 0));
        life.shows("online dependencies_satisfied");
        assertEquals(0, life.label().failures());
        assertEquals(Optional.empty(), life.label().failure());
    }

    @ParameterizedTest
    @ValueSource(ints = {95, 96, 99, 100}) void someStatusesAreFatalAtOnce(int status) {
        Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, status)).on(revoked(1))
                .shows("maintenance method_failed").told(State.OFFLINE, State.MAINTENANCE, ErrorClass.FAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 98, 101, 102, 255}) void otherStatusesAreTriedAgain(int status) {
        Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, status)).on(revoked(1))
                .shows("offline*online dependencies_satisfied");
    }

    @Test void aDaemonThatSaysItLeftNoProcessIsOnlineLikeAOneShot() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, 94))
                .shows("online dependencies_satisfied")
                .on(emptied(1)).did("revoke 1").on(revoked(1)).did("write, drop 1").is(new Phase.Online(Optional.empty())).told();
    }

    @Test void aOneShotThatSaysItLeftNoProcessFailed() {
        Life.offline(Services.oneShot()).on(new Event.Start()).on(exited(1, 94)).on(revoked(1))
                .shows("offline*online dependencies_satisfied");
    }

    @Test void limitedCapacityIsDegraded() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, 97))
                .shows("degraded method_failed").told(State.OFFLINE, State.DEGRADED, ErrorClass.NONE);
    }

    @Test void aStartThatTakesTooLongIsKilledAndTriedAgain() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start()).late();
        life.did("write, kill 1, revoke 1").logged("Method or service exit timed out.  Killing contract 1.");
        assertEquals(Optional.of(new MethodFailure("start", WaitStatus.killedBy(9), true)), life.label().failure());
        life.on(killed(1, 9)).did("").on(emptied(1)).on(revoked(1)).did("write, drop 1, create 2, run start 2");
    }

    @Test void aTimeoutIsFinalIfTheServiceSaysSo() {
        Life.offline(Services.with(Services.daemon(), TimeoutRule.MAINTENANCE)).on(new Event.Start()).late().on(revoked(1))
                .shows("maintenance method_failed");
    }

    @Test void aDeadlineThatWasMovedMeanwhileDoesNothing() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(new Event.DeadlinePassed()).did("");
    }

    @Test void killingIsRepeatedWhileSomethingIsLeft() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, 1)).on(refused(1)).late().did("write, kill 1, revoke 1");
    }

    @Test void aMethodWithoutLauncherOrRecordCountsAsKilled() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(emptied(1)).did("write, kill 1, revoke 1");
        Life life = Life.offline(Services.daemon()).on(new Event.Start()).on(new Event.LauncherLost(contract(1)));
        assertEquals(Optional.of(new MethodFailure("start", WaitStatus.killedBy(9), false)), life.label().failure());
    }

    @Test void aLaunchThatFailedForGoodIsMaintenance() {
        Life.offline(Services.daemon()).on(new Event.Start())
                .on(new Event.LaunchFailed(contract(1), "user \"nobody2\" is unknown", Event.Severity.FATAL))
                .logged("user \"nobody2\" is unknown").did("write, kill 1, revoke 1")
                .on(revoked(1)).shows("maintenance method_failed");
    }

    @Test void aLaunchThatFailedForNowIsTriedAgain() {
        Life.offline(Services.daemon()).on(new Event.Start())
                .on(new Event.LaunchFailed(contract(1), "fork: try again", Event.Severity.RETRYABLE))
                .on(revoked(1)).did("write, drop 1, create 2, run start 2");
    }

    @Test void newsOfOlderContractsChangesNothing() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, 1)).on(revoked(1))
                .on(exited(1, 0)).did("").on(revoked(1)).did("").on(new Event.LauncherLost(contract(1))).did("")
                .shows("offline*online dependencies_satisfied");
    }

    @Test void nothingToRunIsSuccess() {
        Life.offline(Services.service(ServiceModel.CONTRACT, "start=:true")).on(new Event.Start())
                .logged("Executing start method (null).").did("write").is(new Phase.Online(Optional.empty()));
        Life.offline(Services.service(ServiceModel.CONTRACT)).on(new Event.Start())
                .logged("Method property group 'start' is not present.").is(new Phase.Online(Optional.empty()));
        Life.offline(Services.service(ServiceModel.CONTRACT, "start=")).on(new Event.Start())
                .logged("Method property 'start/exec is not present.").is(new Phase.Online(Optional.empty()));
    }

    @Test void killIsNoStartMethod() {
        Life.offline(Services.service(ServiceModel.CONTRACT, "start=:kill")).on(new Event.Start()).shows("maintenance method_failed");
    }

    @Test void anInstanceWithoutAUsableDefinitionIsNotStarted() {
        Definition d = Services.daemon();
        Definition lost = new Definition(d.fmri(), d.model(), d.restarter(), List.of(), d.methods(), d.rateLimit(), d.ignoredErrors(),
                d.timeoutRule(), "", List.of(new Definition.Fault(Definition.Fault.Kind.LOST, "lost")));
        Life.offline(lost).on(new Event.Start()).shows("maintenance history_unknown");
    }

    @Test void fifthStartWithinFortyMinutesIsRefused() {
        Life life = Life.online(Services.killable());
        for (int start = 2; start <= 4; start++) {
            life.after(Duration.ofSeconds(599));
            die(life, start - 1).on(new Event.Start()).on(exited(start, 0)).shows("online dependencies_satisfied");
        }
        life.after(Duration.ofSeconds(599));
        die(life, 4).on(new Event.Start())
                .shows("maintenance restarting_too_quickly").told(State.OFFLINE, State.MAINTENANCE, ErrorClass.FAULT)
                .logged("Restarting too quickly, changing state to maintenance.").did("write");
    }

    static Stream<UnaryOperator<Instant>> clocks() {
        return Stream.of(
                time -> Instant.EPOCH,
                time -> Instant.EPOCH.minusSeconds(time.getEpochSecond()),
                time -> time.plus(Duration.ofDays(36500 * (time.getEpochSecond() / 500 % 2))));
    }

    /// The rules go by CLOCK_MONOTONIC, whatever the clock on the wall says: it may stand, run backwards, or jump to and fro.
    @ParameterizedTest
    @MethodSource("clocks") void theClockOnTheWallDecidesNothing(UnaryOperator<Instant> wall) {
        Life quick = Life.online(Services.killable()).byClock(wall);
        Life slow = Life.online(Services.killable()).byClock(wall);
        for (int start = 2; start <= 4; start++) {
            die(quick.after(Duration.ofSeconds(599)), start - 1).on(new Event.Start()).on(exited(start, 0));
            die(slow.after(Duration.ofSeconds(600)), start - 1).on(new Event.Start()).on(exited(start, 0));
        }
        die(quick.after(Duration.ofSeconds(599)), 4).on(new Event.Start()).shows("maintenance restarting_too_quickly");
        die(slow.after(Duration.ofSeconds(600)), 4).on(new Event.Start()).shows("offline*online dependencies_satisfied");
        Optional<BootTime> due = slow.label().phase().due();
        slow.after(Duration.ofNanos(due.orElseThrow().nanos() - slow.now().nanos() - 1)).on(new Event.DeadlinePassed()).did("");
        slow.after(Duration.ofNanos(1)).on(new Event.DeadlinePassed()).did("write, kill 5, revoke 5");
    }

    @Test void fifthStartAfterFortyMinutesIsNotRefused() {
        Life life = Life.online(Services.killable());
        for (int start = 2; start <= 9; start++) {
            life.after(Duration.ofSeconds(600));
            die(life, start - 1).on(new Event.Start()).on(exited(start, 0)).shows("online dependencies_satisfied");
        }
    }

    @Test void theRateLimitCountsAsItIsTold() {
        Life life = Life.online(Services.with(Services.killable(), new RateLimit(2, Duration.ofSeconds(10))));
        die(life.after(Duration.ofSeconds(9)), 1).on(new Event.Start()).shows("maintenance restarting_too_quickly");
        Life rare = Life.online(Services.with(Services.killable(), new RateLimit(1, Duration.ofSeconds(10))));
        die(rare.after(Duration.ofSeconds(10)), 1).on(new Event.Start()).shows("offline*online dependencies_satisfied");
    }

    @Test void theRecordOfStartsIsAsLongAsTheCount() {
        Definition twelve = Services.with(Services.killable(), new RateLimit(12, Duration.ofSeconds(10)));
        Life life = Life.online(twelve);
        for (int start = 2; start <= 11; start++) {
            die(life, start - 1).on(new Event.Start()).on(exited(start, 0)).shows("online dependencies_satisfied");
        }
        die(life, 11).on(new Event.Start()).shows("maintenance restarting_too_quickly");
        assertTrue(life.label().attempts().size() == 12);
    }

    @Test void failuresOfOneStartCountAsStartsToo() {
        Life life = Life.online(Services.with(Services.killable(), new RateLimit(3, Duration.ofSeconds(10))));
        die(life, 1).on(new Event.Start()).on(exited(2, 1)).on(revoked(2)).shows(State.MAINTENANCE, Reason.RESTARTING_TOO_QUICKLY);
    }

    private static Life die(Life life, long contract) {
        return life.on(emptied(contract)).on(revoked(contract)).shows("offline ct_ev_exit");
    }
}
