package dev.svc.restarter;

import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.model.State;
import dev.svc.restarter.Event.Broken;
import dev.svc.restarter.Event.ContractEmptied;
import dev.svc.restarter.Event.DeadlinePassed;
import dev.svc.restarter.Event.Disable;
import dev.svc.restarter.Event.Enable;
import dev.svc.restarter.Event.LaunchFailed;
import dev.svc.restarter.Event.Launched;
import dev.svc.restarter.Event.LauncherLost;
import dev.svc.restarter.Event.MemberFault;
import dev.svc.restarter.Event.MethodExited;
import dev.svc.restarter.Event.Misconfigured;
import dev.svc.restarter.Event.Overridden;
import dev.svc.restarter.Event.Requested;
import dev.svc.restarter.Event.RevokeRefused;
import dev.svc.restarter.Event.Revoked;
import dev.svc.restarter.Event.Start;
import dev.svc.restarter.Event.Stop;
import dev.svc.restarter.Event.TakenOver;
import java.util.ArrayList;
import java.util.List;

/// Maintenance: into it, and out of it by the administrator only.
///
/// Better than SMF: processes that were left running are remembered, shown, and stopped before the instance leaves maintenance (I3).
final class MaintenanceRules {
    private MaintenanceRules() {}

    static Instance whileInMaintenance(Instance it, Phase.Maintenance maintenance, Event event) {
        return switch (event) {
            case Disable(var by) -> requested(it, maintenance, new Request.Disable(by));
            case Requested(var request) -> requested(it, maintenance, request);
            case Overridden(var temporary, var outside) -> it.overridden(temporary, outside);
            case ContractEmptied(var c) -> it.revoking(c);
            case RevokeRefused(var c) when !maintenance.leftovers().contains(c) -> it.entering(with(maintenance, c));
            case Revoked(var c) when maintenance.leftovers().contains(c) -> it.entering(without(maintenance, c));
            case Enable _,Start _,Stop _,Misconfigured _,TakenOver _,Broken _ -> it;
            case Launched _,MethodExited _,DeadlinePassed _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    // Not known to the label, and a process is inside after all.
    private static Phase.Maintenance with(Phase.Maintenance maintenance, ContractId contract) {
        List<ContractId> all = new ArrayList<>(maintenance.leftovers());
        all.add(contract);
        return new Phase.Maintenance(all);
    }

    private static Phase.Maintenance without(Phase.Maintenance maintenance, ContractId contract) {
        List<ContractId> left = new ArrayList<>(maintenance.leftovers());
        left.remove(contract);
        return new Phase.Maintenance(left);
    }

    /// What a request makes of an instance in maintenance.
    static Instance requested(Instance it, Phase.Maintenance maintenance, Request request) {
        return switch (request) {
            case Request.Clear _ ->
                left(it.because(Reason.CLEAR_REQUEST).logging("Leaving maintenance because clear requested."), maintenance);
            case Request.Disable(var by) -> switch (by) {
                case ADMINISTRATOR -> left(
                        it.because(Reason.DISABLE_REQUEST).logging("Leaving maintenance because disable requested."), maintenance);
                case GRAPH -> it;
            };
            case Request.Refresh _ -> it.logging("Rereading configuration.");
            case Request.Forget _ -> StopRules.leftovers(it, maintenance.leftovers(), Then.FORGOTTEN);
            case Request.Restart _,Request.MarkMaintenance _,Request.MarkDegraded _,Request.Stop _,Request.Misconfigured _ -> it;
        };
    }

    private static Instance left(Instance it, Phase.Maintenance maintenance) {
        return StopRules.leftovers(it.withoutAttempts(), maintenance.leftovers(), Then.CLEARED);
    }

    /// The instance gives up; nothing of it runs.
    static Instance entered(Instance it, Reason reason) {
        return entered(it, reason, List.of());
    }

    /// The instance gives up, though these contracts may still have processes.
    static Instance entered(Instance it, Reason reason, List<ContractId> leftovers) {
        return entered(it.because(reason), leftovers);
    }

    private static Instance entered(Instance it, List<ContractId> leftovers) {
        State last = it.state();
        return it.entering(new Phase.Maintenance(leftovers)).telling(last, errorClass(it.label().reason()));
    }

    /// `svcadm mark maintenance` of what does not run, or at once (`-I`): without a stop method, and whatever runs goes on running.
    static Instance marked(Instance it, Request.MarkMaintenance mark) {
        Instance asked = it.with(l -> l.withReason(reason(mark), mark.requester()));
        return entered(logged(asked), it.label().phase().contracts());
    }

    /// The graph's finding about what does not run.
    static Instance misconfigured(Instance it, Reason reason) {
        return entered(logged(it.because(reason)), List.of());
    }

    private static Instance logged(Instance it) {
        return it.logging("Stopping for maintenance due to " + it.label().reason().word() + ".");
    }

    /// We made a mistake with this instance: it is left alone, whatever runs.
    static Instance broken(Instance it) {
        return entered(logged(it.because(Reason.INTERNAL_ERROR)), it.label().phase().contracts());
    }

    static Reason reason(Request.MarkMaintenance mark) {
        return mark.byService() ? Reason.SERVICE_REQUEST : Reason.ADMINISTRATIVE_REQUEST;
    }

    /// What the graph is told of a stop for `reason`.
    static ErrorClass errorClass(Reason reason) {
        return switch (reason) {
            case CT_EV_CORE, CT_EV_SIGNAL, CT_EV_HWERR, CT_EV_MEMORY, METHOD_FAILED, FAULT_THRESHOLD_REACHED, RESTARTING_TOO_QUICKLY,
                    INTERNAL_ERROR ->
                ErrorClass.FAULT;
            case NONE, INSERT_IN_GRAPH, PER_CONFIGURATION, ENABLE_REQUEST, DISABLE_REQUEST, DEPENDENCIES_SATISFIED, DEPENDENCY_ACTIVITY,
                    DEPENDENCY_CYCLE, INVALID_DEPENDENCY, INVALID_RESTARTER, ADMINISTRATIVE_REQUEST, SERVICE_REQUEST, CLEAR_REQUEST,
                    RESTART_REQUEST, CT_EV_EXIT, HISTORY_UNKNOWN ->
                ErrorClass.RESTART;
        };
    }
}
