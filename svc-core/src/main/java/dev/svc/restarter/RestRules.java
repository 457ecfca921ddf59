package dev.svc.restarter;

import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.model.State;
import dev.svc.restarter.Event.Asked;
import dev.svc.restarter.Event.Broken;
import dev.svc.restarter.Event.ContractEmptied;
import dev.svc.restarter.Event.DeadlinePassed;
import dev.svc.restarter.Event.Disable;
import dev.svc.restarter.Event.Enable;
import dev.svc.restarter.Event.Happened;
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

/// An instance that does not run and is not in maintenance: uninitialized, disabled, offline.
final class RestRules {
    private RestRules() {}

    static Instance whileUninitialized(Instance it, Event event) {
        return switch (event) {
            case Enable _ ->
                enabled(it, it.label().reason() == Reason.CLEAR_REQUEST ? Reason.CLEAR_REQUEST : Reason.PER_CONFIGURATION);
            case Asked asked -> asked(it, asked);
            case Happened happened -> remainder(it, happened);
        };
    }

    static Instance whileDisabled(Instance it, Event event) {
        return switch (event) {
            case Enable _ -> enabled(it, Reason.ENABLE_REQUEST);
            case Asked asked -> asked(it, asked);
            case Happened happened -> remainder(it, happened);
        };
    }

    static Instance whileOffline(Instance it, Phase.Offline offline, Event event) {
        return switch (event) {
            case Start _ -> offline.notBefore().filter(t -> !it.now().reached(t)).isPresent() ? it : StartRules.begin(it);
            case DeadlinePassed _ -> it.entering(new Phase.Offline(Optional.empty())).telling(State.OFFLINE, ErrorClass.NONE);
            case Asked asked -> asked(it, asked);
            case Happened happened -> remainder(it, happened);
        };
    }

    private static Instance asked(Instance it, Asked asked) {
        return switch (asked) {
            case Disable(var by) -> requested(it, new Request.Disable(by));
            case Misconfigured(var reason) -> requested(it, new Request.Misconfigured(reason));
            case Requested(var request) -> requested(it, request);
            case Overridden(var temporary, var outside) -> it.overridden(temporary, outside);
            case Broken _ -> MaintenanceRules.broken(it);
            case Enable _,Start _,Stop _,TakenOver _ -> it;
        };
    }

    /// What a request makes of it. Nothing runs, so there is nothing to restart, refresh, stop or clear.
    static Instance requested(Instance it, Request request) {
        return switch (request) {
            case Request.Disable(var by) -> disabled(it, by);
            case Request.MarkMaintenance mark -> MaintenanceRules.marked(it, mark);
            case Request.Misconfigured(var reason) -> MaintenanceRules.misconfigured(it, reason);
            case Request.Refresh _ -> it.logging("Rereading configuration.");
            case Request.Forget _ -> forgotten(it);
            case Request.Restart _,Request.Clear _,Request.MarkDegraded _,Request.Stop _ -> it;
        };
    }

    private static Instance enabled(Instance it, Reason reason) {
        State last = it.state();
        return it.because(reason)
                .logging("Enabled.")
                .entering(new Phase.Offline(Optional.empty()))
                .telling(last, ErrorClass.NONE);
    }

    private static Instance disabled(Instance it, Event.By by) {
        State last = it.state();
        if (last == State.DISABLED) {
            return it;
        }
        boolean asked = last == State.OFFLINE || it.label().reason() == Reason.DISABLE_REQUEST;
        Instance reset = by == Event.By.ADMINISTRATOR ? it.withoutAttempts() : it;
        return reset.because(asked ? Reason.DISABLE_REQUEST : Reason.PER_CONFIGURATION)
                .logging("Disabled.")
                .entering(new Phase.Disabled())
                .telling(last, ErrorClass.RESTART);
    }

    private static Instance forgotten(Instance it) {
        State last = it.state();
        Instance gone = it.forgotten();
        return last == State.DISABLED ? gone : gone.telling(last, ErrorClass.RESTART);
    }

    // Nothing is named here, so what empties is the remainder of an interrupted step. If a launcher won the race into one that takeover
    // was to revoke, its processes are the instance: no second copy may start beside them (I3).
    private static Instance remainder(Instance it, Happened happened) {
        return switch (happened) {
            case ContractEmptied(var contract) -> it.revoking(contract);
            case RevokeRefused(var contract) -> adopted(it, contract);
            case Launched _,MethodExited _,DeadlinePassed _,Revoked _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance adopted(Instance it, ContractId contract) {
        State last = it.state();
        return it.entering(new Phase.Online(Optional.of(contract))).telling(last, ErrorClass.NONE);
    }
}
