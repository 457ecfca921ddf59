package dev.svc.restarter;

import static dev.svc.restarter.Life.asked;
import static dev.svc.restarter.Life.contract;
import static dev.svc.restarter.Life.emptied;
import static dev.svc.restarter.Life.exited;
import static dev.svc.restarter.Life.refused;
import static dev.svc.restarter.Life.revoked;
import static dev.svc.restarter.Life.transition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What administrators ask: refresh, mark, clear, settings; and when.
class RequestTest {
    private static final Event DISABLE = new Event.Disable(Event.By.ADMINISTRATOR);
    private static final Event RESTART = asked(new Request.Restart(Request.Dump.NO));
    private static final Event REFRESH = asked(new Request.Refresh());
    private static final Event CLEAR = asked(new Request.Clear());
    private static final Event FORGET = asked(new Request.Forget());

    private static Event mark(Request.Haste haste) {
        return asked(new Request.MarkMaintenance(haste, Optional.empty(), false));
    }

    // refresh

    @Test void refreshRunsItsMethodInAContractOfItsOwn() {
        Life.online(Services.daemon()).on(REFRESH)
                .shows("online*online dependencies_satisfied").logged("Rereading configuration.").did("write, create 2, run refresh 2")
                .on(exited(2, 0)).logged("Method \"refresh\" exited with status 0.").did("write, kill 2, revoke 2").told()
                .on(revoked(2)).did("write, drop 2").is(new Phase.Online(Optional.of(contract(1))))
                .told(State.ONLINE, State.ONLINE, ErrorClass.REFRESH).shows("online dependencies_satisfied");
    }

    @Test void refreshBySignalIsDoneAtOnce() {
        Life.online(Services.killable()).on(REFRESH).logged("Rereading configuration.", "Executing refresh method (:kill).")
                .did("HUP 1").told(State.ONLINE, State.ONLINE, ErrorClass.REFRESH);
    }

    @Test void refreshWithoutMethodTellsTheGraphAllTheSame() {
        Life.online(Services.child()).on(REFRESH)
                .logged("Rereading configuration.", "No 'refresh' method defined.  Treating as :true.").did("")
                .told(State.ONLINE, State.ONLINE, ErrorClass.REFRESH);
        Life.online(Services.oneShot()).on(REFRESH).logged("Rereading configuration.", "Executing refresh method (null).")
                .told(State.ONLINE, State.ONLINE, ErrorClass.REFRESH);
    }

    @Test void refreshOfWhatDoesNotRunIsALineInTheLog() {
        Life.offline(Services.daemon()).on(REFRESH).logged("Rereading configuration.").did("").told();
    }

    @Test void refreshThatFailsThriceIsMaintenanceAndTheServiceRunsOn() {
        Life.online(Services.daemon()).on(REFRESH)
                .on(exited(2, 1)).on(revoked(2)).did("write, drop 2, create 3, run refresh 3")
                .late().on(revoked(3)).did("write, drop 3, create 4, run refresh 4")
                .on(new Event.LauncherLost(contract(4))).on(revoked(4)).did("write, drop 4")
                .is(new Phase.Maintenance(List.of(contract(1))))
                .shows("maintenance fault_threshold_reached").told(State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT);
    }

    @Test void serviceThatDiesDuringItsRefreshIsRestartedAfterIt() {
        Life.online(Services.daemon()).on(REFRESH).on(emptied(1)).did("write")
                .on(exited(2, 1)).on(revoked(2))
                .shows("online*offline ct_ev_exit").logged("Stopping because all processes in service exited.");
    }

    @Test void childThatDiesDuringItsRefreshTakesTheRefreshWithIt() {
        Life.online(Services.service(ServiceModel.CHILD, "start=/bin/loop", "refresh=/bin/loop reload")).on(REFRESH)
                .on(exited(1, 1)).did("write, kill 1, revoke 1, kill 2, revoke 2")
                .on(revoked(2)).did("write, drop 2").on(revoked(1)).shows("offline ct_ev_exit");
    }

    // during transitions

    @Test void whatIsAskedDuringAStartIsDoneAfterIt() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start()).on(REFRESH).did("write").on(REFRESH).did("").on(DISABLE)
                .did("write");
        assertEquals(List.of(new Request.Refresh(), new Request.Disable(Event.By.ADMINISTRATOR)), life.label().pending());
        life.on(exited(1, 0)).shows("online*online dependencies_satisfied").told(State.OFFLINE, State.ONLINE, ErrorClass.NONE)
                .on(exited(2, 0)).on(revoked(2)).shows("online*disabled disable_request");
        assertTrue(life.label().pending().isEmpty());
    }

    @Test void enableTakesAPendingDisableBack() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start()).on(DISABLE).on(new Event.Enable());
        assertTrue(life.label().pending().isEmpty());
        life.on(exited(1, 0)).shows("online dependencies_satisfied");
    }

    @Test void startThatIsNotWantedAnyMoreIsNotTriedAgain() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(DISABLE).on(exited(1, 1)).on(revoked(1)).shows("disabled disable_request")
                .told(transition(State.OFFLINE, State.OFFLINE, ErrorClass.NONE),
                        transition(State.OFFLINE, State.DISABLED, ErrorClass.RESTART));
        Life.offline(Services.daemon()).on(new Event.Start()).on(new Event.Stop(ErrorClass.RESTART)).on(exited(1, 1)).on(revoked(1))
                .is(new Phase.Offline(Optional.empty())).told(State.OFFLINE, State.OFFLINE, ErrorClass.NONE);
    }

    @Test void stopForADependencyDuringAStartComesAfterIt() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(new Event.Stop(ErrorClass.FAULT)).on(exited(1, 0))
                .shows("online*offline dependency_activity").told(State.OFFLINE, State.ONLINE, ErrorClass.NONE);
    }

    @Test void disableDuringAStopComesAfterIt() {
        Life.online(Services.killable()).on(RESTART).on(DISABLE).on(revoked(1)).shows("disabled disable_request")
                .told(transition(State.ONLINE, State.OFFLINE, ErrorClass.RESTART),
                        transition(State.OFFLINE, State.DISABLED, ErrorClass.RESTART));
    }

    @Test void misconfigurationDuringAStartIsMaintenanceAfterIt() {
        Life.offline(Services.killable()).on(new Event.Start()).on(new Event.Misconfigured(Reason.INVALID_DEPENDENCY)).on(exited(1, 0))
                .shows("online*maintenance invalid_dependency");
    }

    // mark and clear

    @Test void markStopsFirst() {
        Life.online(Services.killable()).on(mark(Request.Haste.ORDERLY))
                .logged("Stopping for maintenance due to administrative_request.", "Executing stop method (:kill).")
                .shows("online*maintenance administrative_request").on(revoked(1))
                .shows("maintenance administrative_request").told(State.ONLINE, State.MAINTENANCE, ErrorClass.RESTART);
    }

    @Test void markByAServiceNamesIt() {
        InstanceFmri fmd = InstanceFmri.parse("svc:/system/fmd:default");
        Life life = Life.offline(Services.daemon()).on(asked(new Request.MarkMaintenance(Request.Haste.ORDERLY, Optional.of(fmd), true)));
        life.shows("maintenance service_request").told(State.OFFLINE, State.MAINTENANCE, ErrorClass.RESTART);
        assertEquals(Optional.of(fmd), life.label().requester());
        assertEquals(Optional.empty(), life.on(CLEAR).label().requester());
    }

    @Test void markAtOnceLeavesEverythingRunning() {
        Life.online(Services.daemon()).on(mark(Request.Haste.IMMEDIATE))
                .is(new Phase.Maintenance(List.of(contract(1)))).did("write").told(State.ONLINE, State.MAINTENANCE, ErrorClass.RESTART)
                .on(emptied(1)).did("revoke 1").on(revoked(1)).did("write, drop 1").is(new Phase.Maintenance(List.of())).told();
    }

    @Test void markAtOnceIsTheWayOutOfAHangingMethod() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(mark(Request.Haste.IMMEDIATE))
                .is(new Phase.Maintenance(List.of(contract(1)))).told(State.OFFLINE, State.MAINTENANCE, ErrorClass.RESTART)
                .on(exited(1, 0)).did("");
        Life.online(Services.daemon()).on(DISABLE).on(mark(Request.Haste.IMMEDIATE))
                .is(new Phase.Maintenance(List.of(contract(1), contract(2))));
    }

    @Test void clearGivesTheGraphAnUninitializedInstance() {
        Life.offline(Services.daemon()).on(mark(Request.Haste.ORDERLY)).on(CLEAR)
                .logged("Leaving maintenance because clear requested.").shows("uninitialized clear_request")
                .told(State.MAINTENANCE, State.UNINITIALIZED, ErrorClass.RESTART)
                .on(new Event.Enable()).shows("offline clear_request").on(new Event.Start()).on(exited(1, 0)).shows("online clear_request");
    }

    @Test void clearEndsLeftoversFirst() {
        Life.online(Services.killable()).on(mark(Request.Haste.IMMEDIATE)).on(CLEAR)
                .shows("maintenance*uninitialized clear_request").did("write, TERM 1, revoke 1")
                .on(refused(1)).late().did("write, kill 1, revoke 1").on(revoked(1)).shows("uninitialized clear_request")
                .did("write, drop 1");
        Life.online(Services.daemon()).on(DISABLE).on(mark(Request.Haste.IMMEDIATE)).on(CLEAR)
                .did("write, kill 1, revoke 1, kill 2, revoke 2")
                .on(revoked(2)).did("write, drop 2").on(revoked(1)).shows("uninitialized clear_request").did("write, drop 1");
    }

    @Test void clearForgetsFailuresAndStarts() {
        Life life = Life.offline(Services.daemon()).on(new Event.Start()).on(exited(1, 96)).on(revoked(1))
                .shows("maintenance method_failed").on(CLEAR);
        assertEquals(0, life.label().failures());
        assertEquals(Optional.empty(), life.label().failure());
        assertEquals(List.of(), life.label().attempts());
    }

    @Test void onlyAnAdministratorsDisableLeavesMaintenance() {
        Life.offline(Services.daemon()).on(mark(Request.Haste.ORDERLY))
                .on(new Event.Disable(Event.By.GRAPH)).did("").on(new Event.Enable()).did("").on(new Event.Start()).did("").on(RESTART)
                .did("")
                .on(DISABLE).logged("Leaving maintenance because disable requested.").shows("uninitialized disable_request")
                .on(DISABLE).logged("Disabled.").shows("disabled disable_request")
                .told(State.UNINITIALIZED, State.DISABLED, ErrorClass.RESTART);
    }

    @Test void markDegradedAndClearItByARestart() {
        Life.online(Services.killable()).on(asked(new Request.MarkDegraded(Optional.empty(), false)))
                .logged("Marking degraded due to administrative_request.").shows("degraded administrative_request")
                .told(State.ONLINE, State.DEGRADED, ErrorClass.NONE)
                .on(CLEAR).shows("degraded*offline clear_request").on(revoked(1)).told(State.DEGRADED, State.OFFLINE, ErrorClass.RESTART);
    }

    @Test void aContractThatNobodyKnewOfAndCannotBeRevokedIsKept() {
        Life.offline(Services.daemon()).on(refused(7)).is(new Phase.Online(Optional.of(contract(7)))).told(State.OFFLINE, State.ONLINE,
                ErrorClass.NONE);
        Life.offline(Services.daemon()).on(mark(Request.Haste.ORDERLY)).on(refused(7)).is(new Phase.Maintenance(List.of(contract(7))))
                .told();
    }

    // the rest

    @Test void disablingWhatDoesNotRun() {
        Life.of(Services.daemon()).on(new Event.Disable(Event.By.GRAPH)).shows("disabled per_configuration").logged("Disabled.")
                .told(State.UNINITIALIZED, State.DISABLED, ErrorClass.RESTART)
                .on(DISABLE).did("").told()
                .on(new Event.Enable()).shows("offline enable_request").told(State.DISABLED, State.OFFLINE, ErrorClass.NONE)
                .on(DISABLE).shows("disabled disable_request").told(State.OFFLINE, State.DISABLED, ErrorClass.RESTART);
    }

    @Test void aMilestonesSettingIsRememberedInAnyPhase() {
        for (Life life : List.of(Life.of(Services.daemon()), Life.offline(Services.daemon()), Life.online(Services.daemon()),
                Life.offline(Services.daemon()).on(new Event.Start()), Life.offline(Services.daemon()).on(mark(Request.Haste.ORDERLY)))) {
            life.on(new Event.Overridden(Optional.of(false), true)).did("write").told().on(new Event.Overridden(Optional.of(false), true))
                    .did("");
            assertFalse(life.label().effectivelyEnabled());
        }
    }

    @Test void forgettingStopsFirst() {
        Life.online(Services.killable()).on(FORGET).shows("online*disabled disable_request").did("write, TERM 1, revoke 1")
                .on(revoked(1)).did("drop 1, remove").told(State.ONLINE, State.DISABLED, ErrorClass.RESTART);
        Life.offline(Services.daemon()).on(FORGET).did("remove").told(State.OFFLINE, State.DISABLED, ErrorClass.RESTART);
        Life.offline(Services.daemon()).on(DISABLE).on(FORGET).did("remove").told();
        Life.online(Services.killable()).on(mark(Request.Haste.IMMEDIATE)).on(FORGET).on(revoked(1)).did("drop 1, remove");
        Life.offline(Services.daemon()).on(new Event.Start()).on(FORGET).on(exited(1, 1)).on(revoked(1)).did("write, drop 1, remove");
    }

    @Test void mistakeOfOursLeavesEverythingRunningAndIsToldInMaintenance() {
        Life.online(Services.daemon()).on(REFRESH).on(DISABLE).on(new Event.Broken())
                .is(new Phase.Maintenance(List.of(contract(1), contract(2)))).shows("maintenance internal_error")
                .told(State.ONLINE, State.MAINTENANCE, ErrorClass.FAULT);
    }
}
