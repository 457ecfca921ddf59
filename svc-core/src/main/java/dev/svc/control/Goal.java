package dev.svc.control;

import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Potential;
import dev.svc.graph.World;
import dev.svc.model.State;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.util.Optional;

/// Where an instance was sent by svcadm: what `-s` waits for. Semantics: svcadm(8) for enable and disable; for the others as in Solaris 11.
enum Goal {
    ENABLED("online"), DISABLED("disabled"), RESTARTED("online again"), REFRESHED("refreshed"), CLEARED("cleared"), IN_MAINTENANCE(
            "in maintenance"), DEGRADED("degraded");

    private final String what;

    Goal(String what) {
        this.what = what;
    }

    /// For messages, behind "is".
    String what() {
        return what;
    }

    /// By where it stands.
    Verdict verdict(InstanceFmri fmri, Optional<Standing> standing) {
        if (standing.isEmpty()) {
            return never(fmri + " is misconfigured (no \"restarter\" property group).");
        }
        Label label = standing.get().label();
        return switch (this) {
            case ENABLED -> enabled(label);
            case DISABLED -> disabled(label);
            case RESTARTED -> restarted(label);
            case REFRESHED -> isPending(label, Request.Refresh.class) || label.phase() instanceof Phase.Refreshing
                    ? Verdict.NOT_YET
                    : Verdict.REACHED;
            case CLEARED -> cleared(label);
            case IN_MAINTENANCE -> marked(label, State.MAINTENANCE, Request.MarkMaintenance.class);
            case DEGRADED -> marked(label, State.DEGRADED, Request.MarkDegraded.class);
        };
    }

    /// By what it depends on, if it is not yet there.
    Verdict outlook(InstanceFmri fmri, World world) {
        return switch (this) {
            case ENABLED -> Potential.of(world, fmri) ? Verdict.NOT_YET : unsatisfied(fmri);
            case DISABLED -> hasRestarter(fmri, world)
                    ? Verdict.NOT_YET
                    : new Verdict.Never("Restarter for instance \"" + fmri + "\" is unavailable.", ExitStatus.DEPENDENCIES);
            case RESTARTED -> isIdle(fmri, world) && !Potential.of(world, fmri) ? unsatisfied(fmri) : Verdict.NOT_YET;
            case REFRESHED, CLEARED, IN_MAINTENANCE, DEGRADED -> Verdict.NOT_YET;
        };
    }

    private static Verdict enabled(Label label) {
        if (label.state().isRunning()) {
            return Verdict.REACHED;
        }
        if (label.state() == State.MAINTENANCE) {
            return inMaintenance(label);
        }
        return label.effectivelyEnabled()
                ? Verdict.NOT_YET
                : never("Instance \"" + label.fmri() + "\" has been disabled by another entity.");
    }

    private static Verdict disabled(Label label) {
        if (label.state() == State.DISABLED && isAtRest(label)) {
            return Verdict.REACHED;
        }
        return label.effectivelyEnabled()
                ? never("Instance \"" + label.fmri() + "\" has been enabled by another entity.")
                : Verdict.NOT_YET;
    }

    private static Verdict restarted(Label label) {
        if (!isAtRest(label) || isPending(label, Request.Restart.class)) {
            return Verdict.NOT_YET;
        }
        return switch (label.state()) {
            case ONLINE, DEGRADED, DISABLED -> Verdict.REACHED;
            case MAINTENANCE -> inMaintenance(label);
            case OFFLINE, UNINITIALIZED -> Verdict.NOT_YET;
        };
    }

    private static Verdict cleared(Label label) {
        if (!isAtRest(label) || isPending(label, Request.Clear.class)) {
            return Verdict.NOT_YET;
        }
        return switch (label.state()) {
            case ONLINE, OFFLINE, DISABLED -> Verdict.REACHED;
            case UNINITIALIZED -> Verdict.NOT_YET;
            case MAINTENANCE -> inMaintenance(label);
            case DEGRADED -> never("Instance \"" + label.fmri() + "\" is still degraded.");
        };
    }

    private static Verdict marked(Label label, State wanted, Class<? extends Request> request) {
        if (!isAtRest(label) || isPending(label, request)) {
            return Verdict.NOT_YET;
        }
        return label.state() == wanted
                ? Verdict.REACHED
                : never("Instance \"" + label.fmri() + "\" is not in " + wanted.word() + " state but " + label.state().word() + ".");
    }

    private static boolean isAtRest(Label label) {
        return label.phase().nextState().isEmpty();
    }

    private static boolean isPending(Label label, Class<? extends Request> request) {
        return label.pending().stream().anyMatch(request::isInstance);
    }

    private static boolean hasRestarter(InstanceFmri fmri, World world) {
        InstanceFmri restarter = world.item(fmri).map(i -> i.definition().restarter()).orElse(InstanceFmri.MASTER_RESTARTER);
        return restarter.equals(InstanceFmri.MASTER_RESTARTER)
                || world.item(restarter).map(i -> i.state().isRunning() || i.enabled().effective() && Potential.of(world, restarter))
                        .orElse(false);
    }

    private static boolean isIdle(InstanceFmri fmri, World world) {
        return world.item(fmri).filter(i -> i.state() == State.OFFLINE && i.next().isEmpty()).isPresent();
    }

    private static Verdict inMaintenance(Label label) {
        return never("Instance \"" + label.fmri() + "\" is in maintenance state.");
    }

    private static Verdict unsatisfied(InstanceFmri fmri) {
        return new Verdict.Never("Instance \"" + fmri + "\" has unsatisfied dependencies.", ExitStatus.DEPENDENCIES);
    }

    private static Verdict never(String why) {
        return new Verdict.Never(why, ExitStatus.INSTANCE);
    }
}
