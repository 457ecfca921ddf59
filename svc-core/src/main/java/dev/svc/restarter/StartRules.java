package dev.svc.restarter;

import dev.svc.model.Definition;
import dev.svc.model.Definition.TimeoutRule;
import dev.svc.model.ErrorClass;
import dev.svc.model.Method;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.Event.Asked;
import dev.svc.restarter.Event.ContractEmptied;
import dev.svc.restarter.Event.DeadlinePassed;
import dev.svc.restarter.Event.Happened;
import dev.svc.restarter.Event.LaunchFailed;
import dev.svc.restarter.Event.Launched;
import dev.svc.restarter.Event.LauncherLost;
import dev.svc.restarter.Event.MemberFault;
import dev.svc.restarter.Event.MethodExited;
import dev.svc.restarter.Event.RevokeRefused;
import dev.svc.restarter.Event.Revoked;
import dev.svc.restarter.Instance.Timing;
import dev.svc.restarter.Phase.Ending;
import java.time.Duration;
import java.util.Optional;

/// The way up: from offline by the start method to online, with at most three failures in a row.
///
/// Better than SMF: what a failed start left in its contract is killed and the contract revoked before the next try, which gets a new
/// one (I3). A start method that is not waited for any more (disabled, marked) is not tried again.
final class StartRules {
    /// Failures in a row that end in maintenance.
    static final int FAULT_THRESHOLD = 3;

    private StartRules() {}

    /// Starts an offline instance.
    static Instance begin(Instance it) {
        boolean asked = it.label().reason() == Reason.RESTART_REQUEST || it.label().reason() == Reason.CLEAR_REQUEST;
        return attempt((asked ? it : it.because(Reason.DEPENDENCIES_SATISFIED)).withoutFailures());
    }

    private static Instance attempt(Instance offline) {
        Definition definition = offline.definition();
        Instance it = offline.with(l -> l.withModel(definition.model()));
        if (!definition.faults().isEmpty()) {
            return MaintenanceRules.misconfigured(it, definition.faults().getFirst().kind().reason());
        }
        Optional<Method> method = definition.method(Method.START);
        if (method.isEmpty()) {
            return up(it.logging("Method property group 'start' is not present."), Optional.empty());
        }
        if (method.get().exec().isBlank()) {
            return up(it.logging("Method property 'start/exec is not present."), Optional.empty());
        }
        if (method.get().isTrue()) {
            Instance done = it.logging("Executing start method (null).").with(l -> l.withStartStatus(WaitStatus.exited(0)));
            return up(done, Optional.empty());
        }
        if (method.get().isKill()) {
            Instance failed = it.logging("Invalid use of \":kill\" as start method.").failed(Method.START, Outcome.MISCONFIGURED,
                    Timing.ENDED);
            return MaintenanceRules.entered(failed, Reason.METHOD_FAILED);
        }
        return launched(it, method.get());
    }

    private static Instance launched(Instance offline, Method method) {
        Definition definition = offline.definition();
        Instance it = offline.with(l -> l.withAttempts(StartRate.with(l.attempts(), offline.now(), definition.rateLimit())));
        boolean child = definition.model() == ServiceModel.CHILD;
        if (!child && StartRate.exceeded(it.label().attempts(), definition.rateLimit())) {
            return MaintenanceRules.entered(
                    it.logging("Restarting too quickly, changing state to maintenance."), Reason.RESTARTING_TOO_QUICKLY);
        }
        ContractId contract = it.moment().nextContract();
        // The start method of a child is the service itself: it has no time to be done in.
        Optional<Duration> timeout = child ? Optional.empty() : method.timeout();
        return it.entering(new Phase.Starting(contract, timeout.map(it.now()::plus), Optional.empty()))
                .effecting(new Effect.CreateContract(it.fmri(), contract), new Effect.StartMethod(it.fmri(), contract, Method.START));
    }

    static Instance whileStarting(Instance it, Phase.Starting starting, Event event) {
        return switch (event) {
            case Asked asked -> PendingRequests.duringTransition(it, asked);
            case Happened happened -> starting.ending().isPresent()
                    ? whileEnding(it, starting, happened)
                    : whileMethodRuns(it, starting, happened);
        };
    }

    private static Instance whileMethodRuns(Instance it, Phase.Starting starting, Happened happened) {
        ContractId contract = starting.contract();
        boolean child = it.model() == ServiceModel.CHILD;
        return switch (happened) {
            case Launched(var c) when c.equals(contract) && child -> up(it, Optional.of(c));
            // A new manager found nobody inside, and then the launcher was there.
            case RevokeRefused(var c) when c.equals(contract) && child -> up(it, Optional.of(c));
            case MethodExited(var c, var status) when c.equals(contract) -> child
                    ? RunningRules.childEnded(up(it, Optional.of(c)), status)
                    : ended(it, contract, status);
            case ContractEmptied(var c) when c.equals(contract) -> child
                    ? RunningRules.childEnded(up(it, Optional.of(c)), Outcome.KILLED)
                    : failed(it, contract, Outcome.KILLED, Ending.LAUNCHER_LOST);
            // The child itself may live on without its launcher: running as long as its contract has a process.
            case LauncherLost(var c) when c.equals(contract) -> child
                    ? up(it, Optional.of(c))
                    : failed(it, contract, Outcome.KILLED, Ending.LAUNCHER_LOST);
            case LaunchFailed(var c, var why, var severity) when c.equals(contract) ->
                failed(it.logging(why), contract, Outcome.notBegun(severity), Ending.METHOD_FAILED);
            case DeadlinePassed _ -> timedOut(it, contract);
            // Asked for at takeover only: nobody had entered, so this was no failure, and the graph says whether it is still to start.
            case Revoked(var c) when c.equals(contract) -> givenUp(it);
            case ContractEmptied(var c) -> it.revoking(c);
            case Launched _,MethodExited _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance whileEnding(Instance it, Phase.Starting starting, Happened happened) {
        return switch (happened) {
            case ContractEmptied(var c) -> it.revoking(c);
            case Revoked(var c) when c.equals(starting.contract()) -> afterFailure(it);
            case DeadlinePassed _ -> it.entering(ending(it, starting.contract(), starting.ending().orElseThrow()))
                    .killing(starting.contract());
            case Launched _,MethodExited _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Phase.Starting ending(Instance it, ContractId contract, Ending why) {
        return new Phase.Starting(contract, Optional.of(it.now().plus(Restarter.KILL_AGAIN)), Optional.of(why));
    }

    private static Instance ended(Instance it, ContractId contract, WaitStatus status) {
        Instance logged = it.logging(Outcome.sentence(Method.START, status)).with(l -> l.withStartStatus(status));
        Optional<ContractId> left = Optional.of(contract);
        return switch (Outcome.of(status)) {
            case SUCCESS -> up(logged, left);
            case NO_DAEMON -> it.model() == ServiceModel.CONTRACT
                    ? up(logged.with(l -> l.withModel(ServiceModel.TRANSIENT)), left)
                    : failed(logged, contract, status, Ending.METHOD_FAILED);
            case DEGRADED -> degraded(logged, left);
            case RETRYABLE, FATAL -> failed(logged, contract, status, Ending.METHOD_FAILED);
        };
    }

    private static Instance up(Instance it, Optional<ContractId> contract) {
        return it.withoutFailures().entering(new Phase.Online(contract)).telling(State.OFFLINE, ErrorClass.NONE);
    }

    private static Instance degraded(Instance it, Optional<ContractId> contract) {
        return it.withoutFailures()
                .because(Reason.METHOD_FAILED)
                .entering(new Phase.Degraded(contract))
                .telling(State.OFFLINE, ErrorClass.NONE);
    }

    private static Instance failed(Instance it, ContractId contract, WaitStatus status, Ending why) {
        return it.with(l -> l.withStartStatus(status))
                .failed(Method.START, status, Timing.ENDED)
                .entering(ending(it, contract, why))
                .killing(contract);
    }

    private static Instance timedOut(Instance it, ContractId contract) {
        return it.logging("Method or service exit timed out.  Killing contract " + contract + ".")
                .with(l -> l.withStartStatus(Outcome.KILLED))
                .failed(Method.START, Outcome.KILLED, Timing.TIMED_OUT)
                .entering(ending(it, contract, Ending.TIMED_OUT))
                .killing(contract);
    }

    private static Instance afterFailure(Instance it) {
        Optional<Reason> over = exhausted(it);
        if (over.isPresent()) {
            return MaintenanceRules.entered(it, over.get());
        }
        return PendingRequests.supersedeRetry(it) ? givenUp(it) : attempt(it);
    }

    // Told though the state is the same: the graph may have waited for the end of this start.
    private static Instance givenUp(Instance it) {
        return it.entering(new Phase.Offline(Optional.empty())).telling(State.OFFLINE, ErrorClass.NONE);
    }

    /// Why a method that failed is not to be tried again; empty if it is.
    static Optional<Reason> exhausted(Instance it) {
        boolean fatal = it.label().failure().filter(last -> isFatal(last, it.definition())).isPresent();
        if (fatal) {
            return Optional.of(Reason.METHOD_FAILED);
        }
        return it.label().failures() >= FAULT_THRESHOLD ? Optional.of(Reason.FAULT_THRESHOLD_REACHED) : Optional.empty();
    }

    private static boolean isFatal(MethodFailure failure, Definition definition) {
        return Outcome.of(failure.status()) == Outcome.FATAL
                || failure.timedOut() && definition.timeoutRule() == TimeoutRule.MAINTENANCE;
    }
}
