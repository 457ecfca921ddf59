package dev.svc.restarter;

import static dev.svc.restarter.Life.asked;
import static dev.svc.restarter.Life.contract;
import static dev.svc.restarter.Life.emptied;
import static dev.svc.restarter.Life.exited;
import static dev.svc.restarter.Life.killed;
import static dev.svc.restarter.Life.refused;
import static dev.svc.restarter.Life.revoked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.Method;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The way down.
class StopTest {
    private static final Event DISABLE = new Event.Disable(Event.By.ADMINISTRATOR);
    private static final Event RESTART = asked(new Request.Restart(Request.Dump.NO));

    @Test void stopMethodThenEmptyThenRevokedThenDisabled() {
        Life.online(Services.daemon())
                .on(DISABLE)
                .shows("online*disabled disable_request").logged("Stopping because service disabled.").did("write, create 2, run stop 2")
                .told()
                .on(exited(2, 0)).logged("Method \"stop\" exited with status 0.").did("write, kill 2, revoke 2")
                .on(refused(2)).did("").on(emptied(2)).did("revoke 2")
                .on(revoked(2)).did("write, drop 2, revoke 1")
                .on(refused(1)).did("").on(emptied(1)).did("revoke 1")
                .on(revoked(1)).did("write, drop 1")
                .shows("disabled disable_request").told(State.ONLINE, State.DISABLED, ErrorClass.RESTART);
    }

    @Test void processesThatOutliveTheStopMethodAreKilledAtTheDeadline() {
        Life.online(Services.daemon()).on(DISABLE).after(Duration.ofSeconds(10)).on(exited(2, 0)).on(revoked(2)).on(refused(1))
                .late().logged("Method or service exit timed out.  Killing contract 1.").did("write, kill 1, revoke 1")
                .on(emptied(1)).on(revoked(1))
                .shows("disabled disable_request").told(State.ONLINE, State.DISABLED, ErrorClass.RESTART);
    }

    @Test void killingIsRepeatedUntilNothingIsLeft() {
        Life.online(Services.killable()).on(DISABLE).on(refused(1)).late().did("write, kill 1, revoke 1").on(refused(1))
                .late().did("write, kill 1, revoke 1").on(refused(1))
                .late().did("write, kill 1, revoke 1").on(revoked(1)).shows("disabled disable_request");
    }

    @Test void oneDeadlineCoversMethodAndWait() {
        Life life = Life.online(Services.daemon()).on(DISABLE);
        Optional<BootTime> due = life.label().phase().due();
        life.after(Duration.ofSeconds(10)).on(exited(2, 0)).on(revoked(2));
        assertEquals(due, life.label().phase().due());
    }

    @Test void aHangingStopMethodIsKilledWithTheService() {
        Life.online(Services.daemon()).on(DISABLE)
                .late().logged("Method or service exit timed out.  Killing contract 2.").did("write, kill 2, revoke 2")
                .on(revoked(2)).logged("Method or service exit timed out.  Killing contract 1.").did("write, drop 2, kill 1, revoke 1")
                .on(revoked(1)).shows("disabled disable_request");
    }

    @Test void aStopMethodThatFailedThoughNothingIsLeftHadNothingToStop() {
        Life.online(Services.daemon()).on(emptied(1))
                .shows("online*offline ct_ev_exit").logged("Stopping because all processes in service exited.")
                .did("write, create 2, run stop 2")
                .on(exited(2, 1)).on(revoked(2)).did("revoke 1")
                .on(revoked(1)).shows("offline ct_ev_exit").told(State.ONLINE, State.OFFLINE, ErrorClass.RESTART)
                .did("write, drop 1, drop 2");
    }

    @Test void aStopMethodThatFailsThriceEndsInMaintenanceWithNothingLeft() {
        Life.online(Services.daemon()).on(RESTART)
                .on(exited(2, 1)).on(revoked(2)).on(refused(1)).did("write, drop 2, create 3, run stop 3")
                .on(exited(3, 1)).on(revoked(3)).on(refused(1)).did("write, drop 3, create 4, run stop 4")
                .on(exited(4, 1)).on(revoked(4)).on(refused(1)).did("write, drop 4, kill 1, revoke 1")
                .on(revoked(1)).shows("maintenance fault_threshold_reached").told(State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT);
    }

    @Test void aDisableThatIsToldAgainDoesNotForgiveAStopThatFails() {
        Life.online(Services.daemon()).on(DISABLE).on(DISABLE).on(exited(2, 95)).on(revoked(2)).on(refused(1)).on(revoked(1))
                .shows("maintenance method_failed");
    }

    @Test void aFatalStopMethodIsNotTriedAgain() {
        Life.online(Services.daemon()).on(DISABLE).on(exited(2, 95)).on(revoked(2)).on(refused(1)).did("write, drop 2, kill 1, revoke 1")
                .on(revoked(1)).shows("maintenance method_failed");
    }

    @Test void triesOfAStopMethodEndWithTheDeadline() {
        Life.online(Services.daemon()).on(DISABLE).on(killed(2, 15)).on(revoked(2)).after(Duration.ofSeconds(61)).on(refused(1))
                .did("write, drop 2, kill 1, revoke 1").on(revoked(1)).shows("disabled disable_request");
    }

    @Test void aStopMethodWhoseLauncherVanishedFailed() {
        Life.online(Services.daemon()).on(DISABLE).on(emptied(2)).did("write, kill 2, revoke 2").on(revoked(2)).on(refused(1))
                .did("write, drop 2, create 3, run stop 3");
        Life.online(Services.daemon()).on(DISABLE).on(new Event.LauncherLost(contract(2))).did("write, kill 2, revoke 2");
        Life.online(Services.daemon()).on(DISABLE)
                .on(new Event.LaunchFailed(contract(2), "no more processes", Event.Severity.RETRYABLE))
                .logged("no more processes").did("write, kill 2, revoke 2");
    }

    @Test void killSignalsTheContract() {
        Life.online(Services.killable()).on(DISABLE)
                .logged("Stopping because service disabled.", "Executing stop method (:kill).").did("write, TERM 1, revoke 1")
                .on(refused(1)).on(emptied(1)).on(revoked(1)).shows("disabled disable_request");
    }

    @Test void killWithAnotherSignal() {
        Life.online(Services.service(ServiceModel.CONTRACT, "start=/bin/web", "stop=:kill -QUIT")).on(DISABLE)
                .did("write, QUIT 1, revoke 1");
    }

    @Test void killOfAOneShotIsAMistake() {
        Definition wrong = Services.service(ServiceModel.TRANSIENT, "start=/bin/prepare", "stop=:kill");
        Life.online(wrong).on(emptied(1)).on(revoked(1)).on(DISABLE)
                .logged("Stopping because service disabled.", "Invalid use of \":kill\" as stop method for transient service.")
                .shows("maintenance method_failed").told(State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT);
        Life.online(wrong).on(DISABLE).did("write, kill 1, revoke 1").on(revoked(1)).shows("maintenance method_failed");
    }

    @Test void aDaemonWithoutAWayToStopItGetsSigtermAndAMinute() {
        Life.online(Services.service(ServiceModel.CONTRACT, "start=/bin/web")).on(DISABLE)
                .logged("Stopping because service disabled.", "Method property group 'stop' is not present.").did("write, TERM 1, revoke 1")
                .on(refused(1)).late().did("write, kill 1, revoke 1").on(revoked(1)).shows("disabled disable_request");
        Life.online(Services.service(ServiceModel.CONTRACT, "start=/bin/web", "stop=:true")).on(DISABLE)
                .logged("Stopping because service disabled.", "Executing stop method (null).").did("write, TERM 1, revoke 1");
    }

    @Test void aDaemonWithoutContractIsStoppedAtOnceAndWithoutItsMethod() {
        Life.online(Services.service(ServiceModel.CONTRACT, "start=:true", "stop=/bin/web stop")).on(DISABLE)
                .logged("Stopping because service disabled.").did("write").told(State.ONLINE, State.DISABLED, ErrorClass.RESTART);
    }

    @Test void aOneShotIsUndoneByItsStopMethod() {
        Life.online(Services.oneShot()).on(emptied(1)).on(revoked(1)).is(new Phase.Online(Optional.empty()))
                .on(DISABLE).did("write, create 2, run stop 2")
                .on(exited(2, 0)).on(revoked(2)).shows("disabled disable_request").did("write, drop 2");
    }

    @Test void aOneShotWhoseUndoingFailsIsMaintenance() {
        Life life = Life.online(Services.oneShot()).on(emptied(1)).on(revoked(1)).on(DISABLE);
        life.on(exited(2, 1)).on(revoked(2)).did("write, drop 2, create 3, run stop 3");
        life.late().on(revoked(3)).did("write, drop 3, create 4, run stop 4");
        assertEquals(Optional.of(life.now().plus(Duration.ofSeconds(60))), life.label().phase().due());
        life.on(exited(4, 1)).on(revoked(4)).shows("maintenance fault_threshold_reached").told(State.ONLINE, State.MAINTENANCE,
                ErrorClass.FAULT);
    }

    @Test void whatAOneShotLeftRunningIsEndedAfterItsStopMethod() {
        Life.online(Services.oneShot()).on(DISABLE).on(exited(2, 0)).on(revoked(2)).did("write, drop 2, TERM 1, revoke 1")
                .on(emptied(1)).on(revoked(1)).shows("disabled disable_request");
    }

    @Test void anInfiniteStopIsWaitedFor() {
        Life life = Life.online(Services.withTimeout(Services.daemon(), Method.STOP, Optional.empty())).on(DISABLE);
        assertEquals(Optional.empty(), life.label().phase().due());
    }

    @Test void eachCauseHasItsClassReasonAndLine() {
        Life.online(Services.killable()).on(new Event.Stop(ErrorClass.RESTART))
                .logged("Stopping because dependency activity requires stop.", "Executing stop method (:kill).")
                .on(revoked(1)).shows("offline dependency_activity").told(State.ONLINE, State.OFFLINE, ErrorClass.RESTART);
        Life.online(Services.killable()).on(RESTART)
                .logged("Stopping because service restarting.", "Executing stop method (:kill).")
                .on(revoked(1)).shows("offline restart_request").told(State.ONLINE, State.OFFLINE, ErrorClass.RESTART)
                .on(new Event.Start()).on(exited(2, 0)).shows("online restart_request");
        Life.online(Services.killable()).on(new Event.MemberFault(contract(1), Reason.CT_EV_CORE))
                .logged("Stopping because process dumped core.", "Executing stop method (:kill).")
                .on(revoked(1)).shows("offline ct_ev_core").told(State.ONLINE, State.OFFLINE, ErrorClass.FAULT);
        Life.online(Services.killable()).on(new Event.MemberFault(contract(1), Reason.CT_EV_SIGNAL))
                .logged("Stopping because process received fatal signal from outside the service.", "Executing stop method (:kill).")
                .on(revoked(1)).told(State.ONLINE, State.OFFLINE, ErrorClass.FAULT);
        Life.online(Services.killable()).on(new Event.MemberFault(contract(1), Reason.CT_EV_HWERR))
                .logged("Stopping because process killed due to uncorrectable hardware error.", "Executing stop method (:kill).")
                .on(revoked(1)).told(State.ONLINE, State.OFFLINE, ErrorClass.FAULT);
        Life.online(Services.killable()).on(new Event.Misconfigured(Reason.DEPENDENCY_CYCLE))
                .logged("Stopping for maintenance due to dependency_cycle.", "Executing stop method (:kill).")
                .on(revoked(1)).shows("maintenance dependency_cycle").told(State.ONLINE, State.MAINTENANCE, ErrorClass.RESTART);
    }

    @Test void faultsThatTheServiceIgnoresAreIgnored() {
        Life.online(Services.ignoring(Services.killable(), "core", "signal"))
                .on(new Event.MemberFault(contract(1), Reason.CT_EV_CORE)).did("")
                .on(new Event.MemberFault(contract(1), Reason.CT_EV_SIGNAL)).did("")
                .on(new Event.MemberFault(contract(1), Reason.CT_EV_HWERR)).shows("online*offline ct_ev_hwerr");
        Life.online(Services.ignoring(Services.killable(), "signal"))
                .on(new Event.MemberFault(contract(1), Reason.CT_EV_MEMORY)).did("")
                .on(new Event.MemberFault(contract(1), Reason.CT_EV_CORE)).shows("online*offline ct_ev_core");
        Life.online(Services.ignoring(Services.killable(), "core"))
                .on(new Event.MemberFault(contract(1), Reason.CT_EV_SIGNAL)).shows("online*offline ct_ev_signal");
    }

    @Test void faultThatStoppedItLastIsRememberedUntilItEndsOtherwiseOrIsAskedToStart() {
        Life life = Life.online(Services.killable()).on(new Event.MemberFault(contract(1), Reason.CT_EV_MEMORY))
                .on(revoked(1)).shows("offline ct_ev_memory").told(State.ONLINE, State.OFFLINE, ErrorClass.FAULT)
                .on(new Event.Start()).on(exited(2, 0)).shows("online dependencies_satisfied");
        assertEquals(Optional.of(Reason.CT_EV_MEMORY), life.label().fault());
        assertEquals(Optional.empty(), life.on(emptied(2)).label().fault());
        assertEquals(Optional.empty(), Life.online(Services.killable()).on(new Event.MemberFault(contract(1), Reason.CT_EV_CORE))
                .on(revoked(1)).on(new Event.Start()).on(exited(2, 0)).on(RESTART).label().fault());
    }

    @Test void restartWithDumpAborts() {
        Life.online(Services.daemon()).on(asked(new Request.Restart(Request.Dump.CORE))).did("write, ABRT 1, revoke 1")
                .on(emptied(1)).on(revoked(1)).shows("offline restart_request");
    }

    @Test void onlyFaultsOfDependenciesKeepTheRecordOfStarts() {
        assertEquals(1, Life.online(Services.killable()).on(new Event.Stop(ErrorClass.FAULT)).label().attempts().size());
        assertTrue(Life.online(Services.killable()).on(new Event.Stop(ErrorClass.RESTART)).label().attempts().isEmpty());
        assertTrue(Life.online(Services.killable()).on(new Event.Stop(ErrorClass.REFRESH)).label().attempts().isEmpty());
        assertTrue(Life.online(Services.killable()).on(RESTART).label().attempts().isEmpty());
        assertTrue(Life.online(Services.killable()).on(DISABLE).label().attempts().isEmpty());
        assertEquals(1, Life.online(Services.killable()).on(new Event.Disable(Event.By.GRAPH)).label().attempts().size());
        assertEquals(1, Life.online(Services.killable()).on(emptied(1)).label().attempts().size());
    }

    @Test void aStopWhatIsStoppingIsNoNews() {
        Life.online(Services.daemon()).on(RESTART).on(new Event.Stop(ErrorClass.RESTART)).on(exited(2, 0)).on(revoked(2)).on(revoked(1))
                .shows("offline restart_request");
    }

    // the child model

    @Test void aChildIsOnlineAsSoonAsItIsLaunched() {
        Life.offline(Services.child()).on(new Event.Start()).on(new Event.Launched(contract(1)))
                .is(new Phase.Online(Optional.of(contract(1)))).told(State.OFFLINE, State.ONLINE, ErrorClass.NONE);
        Life.offline(Services.daemon()).on(new Event.Start()).on(new Event.Launched(contract(1))).did("");
    }

    @Test void theStartMethodOfAChildHasNoTimeToBeDoneIn() {
        assertEquals(Optional.empty(), Life.offline(Services.child()).on(new Event.Start()).label().phase().due());
    }

    @Test void aChildThatEndedIsRestartedWithoutItsStopMethod() {
        Life.online(Services.child()).on(exited(1, 0)).logged("Stopping because all processes in service exited.")
                .did("write, kill 1, revoke 1")
                .on(revoked(1)).shows("offline ct_ev_exit").told(State.ONLINE, State.OFFLINE, ErrorClass.RESTART);
    }

    @Test void aChildThatEndedBeforeItWasToldLaunchedCameUpAndWent() {
        Life.offline(Services.child()).on(new Event.Start()).on(exited(1, 1))
                .told(Life.transition(State.OFFLINE, State.ONLINE, ErrorClass.NONE))
                .logged("Stopping because service exited with an error.").did("write, kill 1, revoke 1")
                .on(new Event.Launched(contract(1))).did("").on(revoked(1)).shows("offline ct_ev_exit");
    }

    @Test void aChildThatIsMisconfiguredIsMaintenance() {
        Life.online(Services.child()).on(exited(1, 96)).logged("Stopping because service exited with a configuration error.")
                .on(revoked(1)).shows("maintenance method_failed").told(State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT);
    }

    @Test void aChildThatFailsTooQuicklyIsThrottledNotGivenUp() {
        Life life = Life.online(Services.child());
        for (int start = 1; start < 5; start++) {
            life.on(exited(start, 1)).on(revoked(start)).is(new Phase.Offline(Optional.empty()))
                    .on(new Event.Start()).on(new Event.Launched(contract(start + 1)));
        }
        life.on(exited(5, 1)).on(revoked(5)).logged("Failing too quickly, throttling.")
                .is(new Phase.Offline(Optional.of(life.now().plus(Duration.ofSeconds(1)))))
                .on(new Event.Start()).did("")
                .late().did("write").told(State.OFFLINE, State.OFFLINE, ErrorClass.NONE)
                .on(new Event.Start()).did("write, create 6, run start 6");
    }

    @Test void aChildKilledBySignalsIsThrottledToo() {
        Life life = Life.online(Services.child());
        for (int start = 1; start < 5; start++) {
            life.on(killed(start, 9)).logged("Stopping because all processes in service exited.").on(revoked(start))
                    .on(new Event.Start()).on(new Event.Launched(contract(start + 1)));
        }
        life.on(killed(5, 9)).on(revoked(5)).logged("Failing too quickly, throttling.");
    }

    @Test void aChildThatEndsCleanlyIsNeverThrottled() {
        Life life = Life.online(Services.child());
        for (int start = 1; start < 20; start++) {
            life.on(exited(start, 0)).on(revoked(start)).is(new Phase.Offline(Optional.empty()))
                    .on(new Event.Start()).on(new Event.Launched(contract(start + 1)));
        }
    }

    @Test void anAdministratorsStopOfAChildRunsItsMethod() {
        Life.online(Services.child()).on(DISABLE).did("write, TERM 1, revoke 1").on(killed(1, 15)).did("")
                .on(emptied(1)).on(revoked(1)).shows("disabled disable_request");
    }

    @Test void aChildWithoutLauncherRunsAsLongAsItsContract() {
        Life.online(Services.child()).on(new Event.LauncherLost(contract(1))).did("").on(emptied(1)).shows("online*offline ct_ev_exit");
    }
}
