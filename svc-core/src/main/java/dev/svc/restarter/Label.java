package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where an instance is in its life this boot: the restarter's whole memory of it, kept on its cgroup and in a copy on tmpfs.
///
/// @param revision counts every writing up, so that the newer of two copies is known
/// @param model the one it was last started under (the definition may be gone)
/// @param enabled the permanent setting as last seen, with `sequence`: answers for the repository if that lost a change
/// @param override the temporary setting (`svcadm enable -t`), until reboot or the next permanent one
/// @param outside whether the milestone in force was without it when its setting was last stored: who is on the other side now was not
///     told of it
/// @param sequence the last administrative change that affected this instance (epoch and number)
/// @param pending what was acknowledged and waits for the end of a transition, in order
/// @param attempts times of the last starts, newest last, for the rate limit
/// @param failures method failures in a row within the present transition
/// @param failure how the last failed method ended, for `svcs -x`
/// @param startStatus how the last start method ended (`restarter/start_method_waitstatus`)
/// @param fault by which fault of a process it was last stopped (`ct_ev_core` and its like), if that is what stopped it last
/// @param reason the auxiliary state
/// @param requester the service that asked for maintenance (`restarter/auxiliary_fmri`)
/// @param since when state or next state last changed; for display only
public record Label(
        InstanceFmri fmri,
        long revision,
        Phase phase,
        ServiceModel model,
        boolean enabled,
        Optional<Boolean> override,
        boolean outside,
        Sequence sequence,
        List<Request> pending,
        List<BootTime> attempts,
        int failures,
        Optional<MethodFailure> failure,
        Optional<WaitStatus> startStatus,
        Optional<Reason> fault,
        Reason reason,
        Optional<InstanceFmri> requester,
        Optional<String> comment,
        Instant since) {
    public Label {
        pending = List.copyOf(pending);
        attempts = List.copyOf(attempts);
    }

    /// The label of an instance seen for the first time this boot.
    public static Label fresh(InstanceFmri fmri, ServiceModel model, boolean enabled, Sequence sequence, Instant wall) {
        return new Label(
                fmri,
                0,
                new Phase.Uninitialized(),
                model,
                enabled,
                Optional.empty(),
                false,
                sequence,
                List.of(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Reason.INSERT_IN_GRAPH,
                Optional.empty(),
                Optional.empty(),
                wall);
    }

    /// Temporary setting if there is one, else the permanent one.
    public boolean effectivelyEnabled() {
        return override.orElse(enabled);
    }

    /// Whether its definition is gone, and it goes as soon as nothing of it runs.
    public boolean isBeingForgotten() {
        return pending.stream().anyMatch(Request.Forget.class::isInstance)
                || phase instanceof Phase.Stopping stopping && stopping.then() == Then.FORGOTTEN;
    }

    public State state() {
        return phase.state();
    }

    /// The same with a definition: one that was degraded only because its definition was lost is online again.
    public Label defined(Instant when) {
        return phase instanceof Phase.Degraded(var contract) && reason == Reason.HISTORY_UNKNOWN
                ? withPhase(new Phase.Online(contract), when).withReason(Reason.NONE, Optional.empty())
                : this;
    }

    public Label withRevision(long next) {
        return new Label(fmri, next, phase, model, enabled, override, outside, sequence, pending, attempts, failures, failure, startStatus,
                fault,
                reason,
                requester, comment, since);
    }

    public Label withPhase(Phase next, Instant when) {
        return new Label(fmri, revision, next, model, enabled, override, outside, sequence, pending, attempts, failures, failure,
                startStatus, fault,
                reason, requester, comment, when);
    }

    public Label withModel(ServiceModel next) {
        return new Label(fmri, revision, phase, next, enabled, override, outside, sequence, pending, attempts, failures, failure,
                startStatus, fault,
                reason, requester, comment, since);
    }

    public Label withSettings(boolean permanent, Optional<Boolean> temporary, Sequence by, Optional<String> remark) {
        return new Label(fmri, revision, phase, model, permanent, temporary, outside, by, pending, attempts, failures, failure, startStatus,
                fault,
                reason,
                requester, remark, since);
    }

    public Label withOutside(boolean next) {
        return new Label(fmri, revision, phase, model, enabled, override, next, sequence, pending, attempts, failures, failure, startStatus,
                fault, reason, requester, comment, since);
    }

    public Label withPending(List<Request> next) {
        return new Label(fmri, revision, phase, model, enabled, override, outside, sequence, next, attempts, failures, failure, startStatus,
                fault,
                reason,
                requester, comment, since);
    }

    public Label withAttempts(List<BootTime> next) {
        return new Label(fmri, revision, phase, model, enabled, override, outside, sequence, pending, next, failures, failure, startStatus,
                fault,
                reason,
                requester, comment, since);
    }

    /// The counter of failures and what is known of the last one; they change together.
    public Label withFailures(int count, Optional<MethodFailure> last) {
        return new Label(fmri, revision, phase, model, enabled, override, outside, sequence, pending, attempts, count, last, startStatus,
                fault,
                reason,
                requester, comment, since);
    }

    public Label withStartStatus(WaitStatus status) {
        return new Label(fmri, revision, phase, model, enabled, override, outside, sequence, pending, attempts, failures, failure,
                Optional.of(status), fault, reason, requester, comment, since);
    }

    public Label withFault(Optional<Reason> next) {
        return new Label(fmri, revision, phase, model, enabled, override, outside, sequence, pending, attempts, failures, failure,
                startStatus,
                next, reason, requester, comment, since);
    }

    public Label withReason(Reason next, Optional<InstanceFmri> asker) {
        return new Label(fmri, revision, phase, model, enabled, override, outside, sequence, pending, attempts, failures, failure,
                startStatus,
                fault,
                next, asker, comment, since);
    }
}
