package dev.svc.control;

import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.State;
import dev.svc.restarter.Request;
import java.util.Optional;

/// Something that svcadm(8) asks of an instance's restarter.
sealed interface Action {
    Request request();

    Goal goal();

    /// What was not done if it was not done.
    String participle();

    /// The name of SMF's property for it.
    String property(Optional<Standing> standing);

    /// Why it makes no sense for an instance; nothing if it does.
    default Optional<String> obstacle(InstanceFmri fmri, Optional<Standing> standing) {
        return Optional.empty();
    }

    /// What `svcadm -v` says when it is recorded.
    default String text(InstanceFmri fmri, Optional<Standing> standing) {
        return "Action " + property(standing) + " set for " + fmri + ".";
    }

    private static boolean is(State state, Optional<Standing> standing) {
        return standing.filter(s -> s.label().state() == state).isPresent();
    }

    record Restart(Request.Dump dump) implements Action {
        @Override public Request request() {
            return new Request.Restart(dump);
        }

        @Override public Goal goal() {
            return Goal.RESTARTED;
        }

        @Override public String participle() {
            return "restarted";
        }

        @Override public String property(Optional<Standing> standing) {
            return "restart";
        }

        @Override public String text(InstanceFmri fmri, Optional<Standing> standing) {
            String text = Action.super.text(fmri, standing);
            return standing.filter(s -> !s.label().state().isRunning() && s.label().phase().nextState().isEmpty())
                    .map(s -> text + " It is " + s.label().state().word() + ", so nothing is restarted.").orElse(text);
        }
    }

    record Refresh() implements Action {
        @Override public Request request() {
            return new Request.Refresh();
        }

        @Override public Goal goal() {
            return Goal.REFRESHED;
        }

        @Override public String participle() {
            return "refreshed";
        }

        @Override public String property(Optional<Standing> standing) {
            return "refresh";
        }
    }

    record Clear() implements Action {
        @Override public Request request() {
            return new Request.Clear();
        }

        @Override public Goal goal() {
            return Goal.CLEARED;
        }

        @Override public String participle() {
            return "cleared";
        }

        @Override public String property(Optional<Standing> standing) {
            return is(State.DEGRADED, standing) ? "restore" : "maint_off";
        }

        @Override public Optional<String> obstacle(InstanceFmri fmri, Optional<Standing> standing) {
            return is(State.MAINTENANCE, standing) || is(State.DEGRADED, standing)
                    ? Optional.empty()
                    : Optional.of("Instance \"" + fmri + "\" is not in a maintenance or degraded state.");
        }
    }

    record MarkMaintenance(Request.MarkMaintenance request) implements Action {
        @Override public Goal goal() {
            return Goal.IN_MAINTENANCE;
        }

        @Override public String participle() {
            return "marked";
        }

        @Override public String property(Optional<Standing> standing) {
            return request.haste() == Request.Haste.IMMEDIATE ? "maint_on_immediate" : "maint_on";
        }
    }

    record MarkDegraded(Request.MarkDegraded request, Request.Haste haste) implements Action {
        @Override public Goal goal() {
            return Goal.DEGRADED;
        }

        @Override public String participle() {
            return "marked";
        }

        @Override public String property(Optional<Standing> standing) {
            return haste == Request.Haste.IMMEDIATE ? "degrade_immediate" : "degraded";
        }

        @Override public Optional<String> obstacle(InstanceFmri fmri, Optional<Standing> standing) {
            return is(State.ONLINE, standing) ? Optional.empty() : Optional.of("Instance \"" + fmri + "\" is not online.");
        }
    }
}
