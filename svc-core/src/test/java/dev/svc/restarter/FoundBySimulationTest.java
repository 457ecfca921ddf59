package dev.svc.restarter;

import static dev.svc.restarter.Life.asked;
import static dev.svc.restarter.Life.contract;
import static dev.svc.restarter.Life.exited;
import static dev.svc.restarter.Life.refused;
import static dev.svc.restarter.Life.revoked;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the simulation of a whole manager once found wrong with one instance, each as the shortest story that shows it: a seed is worth
/// little once scenarios change.
class FoundBySimulationTest {
    private static final Event DISABLE = new Event.Disable(Event.By.ADMINISTRATOR);
    private static final Event RESTART = asked(new Request.Restart(Request.Dump.NO));
    private static final Event FORGET = asked(new Request.Forget());
    private static final Event CLEAR = asked(new Request.Clear());
    private static final Event MAINTENANCE = asked(new Request.MarkMaintenance(Request.Haste.ORDERLY, Optional.empty(), false));
    private static final Event MAINTENANCE_AT_ONCE = asked(
            new Request.MarkMaintenance(Request.Haste.IMMEDIATE, Optional.empty(), false));

    /// It stayed online without a process for ever.
    @Test void aChildThatCannotJoinItsContractIsStartedAgain() {
        Life.online(Services.child()).on(new Event.LaunchFailed(contract(1), "exit 75", Event.Severity.RETRYABLE))
                .did("write, kill 1, revoke 1").on(revoked(1)).shows("offline ct_ev_exit");
    }

    /// Its launcher joined between the survey of a new manager and its revoke: the child ran, and was starting for ever (seed 900079442).
    @Test void aChildWhoseContractCannotBeRevokedHasStarted() {
        Life.offline(Services.child()).on(new Event.Start()).on(refused(1)).is(new Phase.Online(Optional.of(contract(1))));
    }

    /// The disable was taken up at once, and took it out of maintenance.
    @Test void immediateMaintenanceIsNotEndedByWhatWasAskedBefore() {
        Life.online(Services.daemon()).on(RESTART).on(DISABLE).on(MAINTENANCE_AT_ONCE).shows("maintenance administrative_request");
    }

    /// The second request was taken for the first one, which the clear between them ended: it came online (seed 500046970).
    @Test void theLastOfMaintenanceAndClearCounts() {
        Life starting = Life.offline(Services.killable()).on(new Event.Start());
        starting.on(MAINTENANCE).on(CLEAR).on(MAINTENANCE).on(exited(1, 0)).shows("online*maintenance administrative_request")
                .on(revoked(1)).shows("maintenance administrative_request");
    }

    /// It was kept in maintenance, without a definition.
    @Test void immediateMaintenanceDoesNotKeepWhatIsBeingDeleted() {
        assertTrue(Life.online(Services.daemon()).on(FORGET).on(MAINTENANCE_AT_ONCE).label().isBeingForgotten());
    }

    /// It ran its start method once more, though nobody wanted it any longer.
    @Test void aFailedStartIsNotTriedAgainWhenTheInstanceWasDisabledMeanwhile() {
        Life.offline(Services.daemon()).on(new Event.Start()).on(new Event.Overridden(Optional.of(false), true))
                .on(exited(1, 1)).on(revoked(1)).did("write, drop 1").shows("offline dependencies_satisfied");
    }
}
