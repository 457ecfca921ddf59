package dev.svc.restarter;

import dev.svc.model.Reason;
import dev.svc.restarter.Event.Asked;
import dev.svc.restarter.Event.Broken;
import dev.svc.restarter.Event.Disable;
import dev.svc.restarter.Event.Enable;
import dev.svc.restarter.Event.Misconfigured;
import dev.svc.restarter.Event.Overridden;
import dev.svc.restarter.Event.Requested;
import dev.svc.restarter.Event.Start;
import dev.svc.restarter.Event.Stop;
import dev.svc.restarter.Event.TakenOver;
import java.util.ArrayList;
import java.util.List;

/// What was asked of an instance during a transition: it stands in the label and is done, in order, when the instance is at rest.
final class PendingRequests {
    private PendingRequests() {}

    /// What is asked during a transition waits; only `svcadm mark -I`, which needs no stop, is done at once.
    static Instance duringTransition(Instance it, Asked asked) {
        return switch (asked) {
            case Enable _ -> without(it, it.label().pending().stream().filter(r -> r instanceof Request.Disable).toList());
            // It would take the instance out of maintenance, if the stop under way fails: takeover tells of a disable again, and the graph
            // repeats it. Nor must it end a maintenance that was asked for meanwhile.
            case Disable _ when isBeingDisabled(it) -> it;
            case Disable(var by) -> with(it, new Request.Disable(by));
            case Stop(var cause) -> with(it, new Request.Stop(Reason.DEPENDENCY_ACTIVITY, cause));
            case Misconfigured(var reason) -> with(it, new Request.Misconfigured(reason));
            // It goes, and with it whatever is said of it.
            case Requested(Request.MarkMaintenance mark) when mark.haste() == Request.Haste.IMMEDIATE && it.label().isBeingForgotten() ->
                it;
            case Requested(Request.MarkMaintenance mark) when mark.haste() == Request.Haste.IMMEDIATE ->
                MaintenanceRules.marked(overtaken(it), mark);
            // The last of maintenance, clear, maintenance counts.
            case Requested(var request) -> with(without(it, List.of(request)), request);
            case Overridden(var temporary, var outside) -> it.overridden(temporary, outside);
            case Broken _ -> MaintenanceRules.broken(it);
            case Start _,TakenOver _ -> it;
        };
    }

    private static boolean isBeingDisabled(Instance it) {
        return it.label().phase() instanceof Phase.Stopping stopping && stopping.then() == Then.DISABLED;
    }

    /// What was asked before an immediate maintenance, and waits, must not end it afterwards.
    private static Instance overtaken(Instance it) {
        return without(it, it.label().pending().stream()
                .filter(r -> !(r instanceof Request.Forget) && !(r instanceof Request.Refresh)).toList());
    }

    /// The instance waits for one thing more; asking twice is asking once.
    static Instance with(Instance it, Request request) {
        List<Request> all = new ArrayList<>(it.label().pending());
        if (all.contains(request)) {
            return it;
        }
        all.add(request);
        return it.with(l -> l.withPending(all));
    }

    private static Instance without(Instance it, List<Request> done) {
        List<Request> left = new ArrayList<>(it.label().pending());
        left.removeAll(done);
        return it.with(l -> l.withPending(left));
    }

    /// Whether something that waits, or a setting that the graph has yet to act upon, makes another try of a failed method pointless: the
    /// instance is to stop anyway.
    static boolean supersedeRetry(Instance it) {
        return !it.label().effectivelyEnabled() || it.label().pending().stream().anyMatch(request -> switch (request) {
            case Request.Disable _,Request.Stop _,Request.Misconfigured _,Request.Forget _,Request.MarkMaintenance _ -> true;
            case Request.Restart _,Request.Refresh _,Request.Clear _,Request.MarkDegraded _ -> false;
        });
    }

    /// Does what waits, until a transition begins or nothing is left.
    static Instance takenUp(Instance it) {
        Instance at = it;
        while (!at.isForgotten() && at.label().phase().isAtRest() && !at.label().pending().isEmpty()) {
            Request first = at.label().pending().getFirst();
            at = acted(without(at, List.of(first)), first);
        }
        return at;
    }

    /// What a request makes of an instance at rest.
    static Instance acted(Instance it, Request request) {
        return switch (it.label().phase()) {
            case Phase.Uninitialized _,Phase.Disabled _,Phase.Offline _ -> RestRules.requested(it, request);
            case Phase.Online _,Phase.Degraded _ -> RunningRules.requested(it, request);
            case Phase.Maintenance maintenance -> MaintenanceRules.requested(it, maintenance, request);
            case Phase.Starting _,Phase.Refreshing _,Phase.Stopping _ -> with(it, request);
        };
    }
}
