package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Reason;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The manager's own instance, `svc:/system/svc/restarter:default`: running while anybody can ask, degraded while it has something to
/// report that nobody acknowledged. It runs by no rules but these.
final class OwnInstance {
    private static final System.Logger LOG = System.getLogger(OwnInstance.class.getName());

    private final Instances instances;
    private final Clock clock;
    private final List<String> notices;

    OwnInstance(Instances instances, Clock clock, List<String> notices) {
        this.instances = instances;
        this.clock = clock;
        this.notices = new ArrayList<>(notices);
    }

    /// What the administrator should know of the manager itself.
    List<String> notices() {
        return List.copyOf(notices);
    }

    /// All there is to ask of it is that what it reports be acknowledged.
    Answer asked(Request request) {
        return switch (request) {
            case Request.Clear _ -> {
                notices.clear();
                enter(new Phase.Online(Optional.empty()), Reason.CLEAR_REQUEST);
                yield new Answer.Done();
            }
            case Request.Refresh _ -> new Answer.Done();
            case Request.Restart _,Request.MarkMaintenance _,Request.MarkDegraded _,Request.Forget _,Request.Disable _,Request.Stop _,Request.Misconfigured _ ->
                new Answer.Refused(
                        InstanceFmri.MASTER_RESTARTER + ": is the manager itself; end it with: svc.startd --stop");
        };
    }

    /// Reports what was found damaged and mended: it is degraded until somebody has read it.
    void mended(List<String> findings) {
        findings.forEach(f -> LOG.log(Level.WARNING, f));
        notices.addAll(findings);
        enter(new Phase.Degraded(Optional.empty()), Reason.SERVICE_REQUEST);
    }

    private void enter(Phase phase, Reason reason) {
        instances.standing(InstanceFmri.MASTER_RESTARTER).ifPresent(own -> {
            Label old = own.label();
            instances.putOwn(new Standing(own.definition(), old.withPhase(phase, clock.wall())
                    .withReason(reason, Optional.empty()).withRevision(old.revision() + 1)));
        });
    }
}
