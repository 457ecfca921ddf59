package dev.svc.restarter;

import dev.svc.model.ErrorClass;
import dev.svc.model.Method;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
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
import java.util.Optional;

/// A running instance: online or degraded, which differ in name only.
final class RunningRules {
    private RunningRules() {}

    static Instance whileRunning(Instance it, Optional<ContractId> contract, Event event) {
        return switch (event) {
            case Disable(var by) -> requested(it, new Request.Disable(by));
            case Stop(var cause) -> requested(it, new Request.Stop(Reason.DEPENDENCY_ACTIVITY, cause));
            case Misconfigured(var reason) -> requested(it, new Request.Misconfigured(reason));
            case Requested(var request) -> requested(it, request);
            case Overridden(var temporary, var outside) -> it.overridden(temporary, outside);
            case Broken _ -> MaintenanceRules.broken(it);
            case MethodExited(var c, var status) when named(contract, c) && it.model() == ServiceModel.CHILD ->
                childEnded(it, status);
            case ContractEmptied(var c) when named(contract, c) -> emptied(it, c);
            case ContractEmptied(var c) -> it.revoking(c);
            case Revoked(var c) when named(contract, c) -> revoked(it, c);
            // A child is online once its launcher is spawned, which may then find that it cannot join.
            case LaunchFailed(var c, var why, var severity) when named(contract, c) && it.model() == ServiceModel.CHILD ->
                childEnded(it.logging(why), Outcome.notBegun(severity));
            case MemberFault(var c, var reason) when named(contract, c) && isCritical(it, reason) ->
                StopRules.afterContractEvent(it, reason);
            case Enable _,Start _,TakenOver _ -> it;
            case Launched _,MethodExited _,DeadlinePassed _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    /// What a request makes of it.
    static Instance requested(Instance it, Request request) {
        return switch (request) {
            case Request.Disable(var by) -> StopRules.disable(it, by);
            case Request.Stop(var reason, var cause) -> reason == Reason.DEPENDENCY_ACTIVITY
                    ? StopRules.forDependency(it, cause)
                    : StopRules.afterContractEvent(it, reason);
            case Request.Misconfigured(var reason) -> StopRules.forMaintenance(it.because(reason));
            case Request.Restart(var dump) -> StopRules.restart(it, Reason.RESTART_REQUEST, dump);
            case Request.Refresh _ -> RefreshRules.begin(it);
            // As in newer illumos: what is degraded is restored by restarting it.
            case Request.Clear _ -> it.state() == State.DEGRADED ? StopRules.restart(it, Reason.CLEAR_REQUEST, Request.Dump.NO) : it;
            case Request.MarkMaintenance mark -> switch (mark.haste()) {
                case ORDERLY -> StopRules.forMaintenance(it.with(l -> l.withReason(MaintenanceRules.reason(mark), mark.requester())));
                case IMMEDIATE -> MaintenanceRules.marked(it, mark);
            };
            case Request.MarkDegraded mark -> it.state() == State.ONLINE ? degraded(it, mark) : it;
            case Request.Forget _ -> StopRules.forget(it);
        };
    }

    private static Instance degraded(Instance it, Request.MarkDegraded mark) {
        Reason reason = mark.byService() ? Reason.SERVICE_REQUEST : Reason.ADMINISTRATIVE_REQUEST;
        return it.logging("Marking degraded due to " + reason.word() + ".")
                .with(l -> l.withReason(reason, mark.requester()))
                .entering(new Phase.Degraded(it.label().phase().primary()))
                .telling(State.ONLINE, ErrorClass.NONE);
    }

    private static Instance emptied(Instance it, ContractId contract) {
        return switch (it.model()) {
            case CONTRACT -> StopRules.afterContractEvent(it, Reason.CT_EV_EXIT);
            case TRANSIENT -> it.revoking(contract);
            case CHILD -> childEnded(it, Outcome.KILLED);
        };
    }

    /// Only two contracts are revoked while their instance runs: a one-shot's, and at takeover that of a child which may not have begun.
    private static Instance revoked(Instance it, ContractId contract) {
        return switch (it.model()) {
            case TRANSIENT -> it.entering(phase(it.state(), Optional.empty()));
            case CHILD -> childEnded(it, Outcome.KILLED);
            case CONTRACT -> emptied(it, contract);
        };
    }

    /// The process of a child ended: no stop method, but what it left behind goes.
    ///
    /// Better than SMF: one that was killed by a signal is throttled like one that failed.
    static Instance childEnded(Instance it, WaitStatus status) {
        boolean clean = status.isExit() && status.exitStatus() == 0;
        boolean misconfigured = status.equals(Outcome.MISCONFIGURED);
        Instance noted = clean
                ? it.withoutAttempts().withoutFailures()
                : it.with(l -> l.withFailures(0, Optional.of(new MethodFailure(Method.START, status, false))));
        String cause = clean || !status.isExit()
                ? "all processes in service exited"
                : misconfigured ? "service exited with a configuration error" : "service exited with an error";
        return StopRules.withoutMethod(
                noted.logging("Stopping because " + cause + ".")
                        .with(l -> l.withStartStatus(status))
                        .because(misconfigured ? Reason.METHOD_FAILED : Reason.CT_EV_EXIT),
                misconfigured ? Then.MAINTENANCE : Then.OFFLINE);
    }

    /// Whether such an event in the primary contract stops the instance: not if `startd/ignore_error` names it. Want of memory, of which
    /// SMF knows nothing, is a signal from outside.
    static boolean isCritical(Instance it, Reason reason) {
        boolean fromOutside = reason == Reason.CT_EV_SIGNAL || reason == Reason.CT_EV_MEMORY;
        boolean ignored = reason == Reason.CT_EV_CORE && it.definition().ignoredErrors().contains("core")
                || fromOutside && it.definition().ignoredErrors().contains("signal");
        return it.model() != ServiceModel.TRANSIENT && !ignored;
    }

    /// The phase that is running in `state`.
    static Phase phase(State state, Optional<ContractId> contract) {
        return state == State.DEGRADED ? new Phase.Degraded(contract) : new Phase.Online(contract);
    }

    private static boolean named(Optional<ContractId> contract, ContractId told) {
        return contract.filter(told::equals).isPresent();
    }
}
