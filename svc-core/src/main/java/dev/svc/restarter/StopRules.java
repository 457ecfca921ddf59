package dev.svc.restarter;

import dev.svc.model.ErrorClass;
import dev.svc.model.Method;
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
import dev.svc.restarter.Phase.Stage;
import dev.svc.restarter.Phase.Stopping;
import dev.svc.restarter.Phase.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The way down: stop method, wait until the contract is empty, kill at the deadline, revoke, and what comes next.
///
/// Where we differ from SMF (why: docs/adr/0014-stopping-past-the-deadline.md):
///
/// - One deadline covers the method, the wait and the kill. When it passes everything is killed, and the instance goes where it was
///   to go, for it is stopped; SMF goes to maintenance though everything is dead, or sticks with live processes if the method hangs.
/// - A stop method that fails while nothing of a daemon is left is only logged: there was nothing to stop. With processes left it is
///   tried again, three times at most, within the same deadline; then they are killed, and only then it is maintenance. Nothing is
///   left untracked.
/// - What a stop method leaves in its own contract goes when the method ended.
/// - A contract without a way of stopping it (`:true`, no stop method) gets SIGTERM and a minute: SMF abandons it, but no second copy
///   may start beside it (I3).
final class StopRules {
    /// How long processes that nobody gave another deadline have to end after SIGTERM.
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration THROTTLE = Duration.ofSeconds(1);

    private StopRules() {}

    static Instance disable(Instance it, Event.By by) {
        Instance reset = by == Event.By.ADMINISTRATOR ? it.withoutAttempts() : it;
        return begin(reset.because(Reason.DISABLE_REQUEST).logging("Stopping because service disabled."), Then.DISABLED);
    }

    /// A fault of a dependency counts as a start of the dependent, another stop begins anew (STOP_RESET).
    static Instance forDependency(Instance it, ErrorClass cause) {
        Instance counted = cause == ErrorClass.FAULT ? it : it.withoutAttempts();
        return begin(
                counted.because(Reason.DEPENDENCY_ACTIVITY).logging("Stopping because dependency activity requires stop."), Then.OFFLINE);
    }

    static Instance restart(Instance it, Reason reason, Request.Dump dump) {
        Instance asked = it.withoutAttempts().because(reason).logging("Stopping because service restarting.");
        return switch (dump) {
            case NO -> begin(asked, Then.OFFLINE);
            case CORE -> aborted(asked);
        };
    }

    /// The contract is empty, or had a critical event.
    static Instance afterContractEvent(Instance it, Reason reason) {
        Optional<Reason> fault = reason == Reason.CT_EV_EXIT ? Optional.empty() : Optional.of(reason);
        Instance noted = it.because(reason).with(l -> l.withFault(fault)).logging("Stopping because " + sentence(reason) + ".");
        // The kernel contract of a child is killed with the first member that faults; only the administrator stops it by its method.
        return it.model() == ServiceModel.CHILD ? withoutMethod(noted.withoutFailures(), Then.OFFLINE) : begin(noted, Then.OFFLINE);
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case CT_EV_CORE -> "process dumped core";
            case CT_EV_SIGNAL -> "process received fatal signal from outside the service";
            case CT_EV_HWERR -> "process killed due to uncorrectable hardware error";
            case CT_EV_MEMORY -> "process killed because memory ran out";
            default -> "all processes in service exited";
        };
    }

    /// Stops a running instance for maintenance; the label says why.
    static Instance forMaintenance(Instance it) {
        return begin(it.logging("Stopping for maintenance due to " + it.label().reason().word() + "."), Then.MAINTENANCE);
    }

    /// The definition is gone.
    static Instance forget(Instance it) {
        return begin(it.because(Reason.DISABLE_REQUEST).logging("Stopping because service disabled."), Then.FORGOTTEN);
    }

    private static Instance begin(Instance running, Then then) {
        Instance it = running.withoutFailures();
        Optional<ContractId> contract = it.label().phase().primary();
        if (contract.isEmpty() && it.model() != ServiceModel.TRANSIENT) {
            return completed(it, it.state(), then);
        }
        return attempt(it, new Stopping(it.state(), contract, new Stage.WaitingForEmpty(Waiting.METHOD_DONE), budget(it), then));
    }

    private static Optional<BootTime> budget(Instance it) {
        return it.definition().method(Method.STOP).flatMap(Method::timeout).map(it.now()::plus);
    }

    private static Instance attempt(Instance it, Stopping stop) {
        Optional<Method> method = it.definition().method(Method.STOP);
        if (method.isEmpty()) {
            return askedToEnd(it.logging("Method property group 'stop' is not present."), stop);
        }
        if (method.get().exec().isBlank()) {
            return askedToEnd(it.logging("Method property 'stop/exec is not present."), stop);
        }
        if (method.get().isTrue()) {
            return askedToEnd(it.logging("Executing stop method (null)."), stop);
        }
        if (method.get().isKill()) {
            return signalled(it, stop, method.get().killSignal());
        }
        ContractId contract = it.moment().nextContract();
        return it.entering(stop.at(new Stage.MethodRunning(contract)))
                .effecting(new Effect.CreateContract(it.fmri(), contract), new Effect.StartMethod(it.fmri(), contract, Method.STOP));
    }

    private static Instance signalled(Instance it, Stopping stop, String signal) {
        if (it.model() == ServiceModel.TRANSIENT) {
            Instance failed = it.logging("Invalid use of \":kill\" as stop method for transient service.")
                    .failed(Method.STOP, Outcome.MISCONFIGURED, Timing.ENDED);
            return stop.contract().isPresent() ? killed(failed, stop, Ending.METHOD_FAILED) : notStopped(failed, stop);
        }
        return sent(it.logging("Executing stop method (:kill)."), stop, signal);
    }

    private static Instance sent(Instance it, Stopping stop, String signal) {
        ContractId contract = stop.contract().orElseThrow();
        // Whether anybody is left to be waited for is asked at once: it may have become empty long ago.
        return it.entering(stop.at(new Stage.WaitingForEmpty(Waiting.KILL_SENT)))
                .effecting(new Effect.Signal(it.fmri(), contract, signal))
                .revoking(contract);
    }

    /// There is no method that would end what is left of the primary contract.
    private static Instance askedToEnd(Instance it, Stopping stop) {
        return stop.contract().isEmpty() ? completed(it, stop.from(), stop.then()) : sent(it, stop.until(patience(it, stop)), "TERM");
    }

    private static BootTime patience(Instance it, Stopping stop) {
        return stop.deadline().orElseGet(() -> it.now().plus(GRACE));
    }

    /// Dumps core instead of being stopped.
    private static Instance aborted(Instance it) {
        Optional<ContractId> contract = it.label().phase().primary();
        if (contract.isEmpty()) {
            return begin(it, Then.OFFLINE);
        }
        Stopping stop = new Stopping(it.state(), contract, new Stage.WaitingForEmpty(Waiting.KILL_SENT), budget(it), Then.OFFLINE);
        return sent(it.withoutFailures(), stop.until(patience(it, stop)), "ABRT");
    }

    /// Whatever is in the contracts of a running instance goes, without a stop method.
    static Instance withoutMethod(Instance it, Then then) {
        List<ContractId> contracts = it.label().phase().contracts();
        if (contracts.isEmpty()) {
            return completed(it, it.state(), then);
        }
        return removed(it, contracts, then);
    }

    /// Processes that maintenance left running go, before the instance leaves it.
    static Instance leftovers(Instance it, List<ContractId> contracts, Then then) {
        if (contracts.isEmpty()) {
            return completed(it, it.state(), then);
        }
        if (contracts.size() > 1) {
            return removed(it, contracts, then);
        }
        Stage stage = new Stage.WaitingForEmpty(Waiting.KILL_SENT);
        return askedToEnd(it, new Stopping(it.state(), Optional.of(contracts.getFirst()), stage, budget(it), then));
    }

    private static Instance removed(Instance it, List<ContractId> contracts, Then then) {
        Stage stage = new Stage.Killing(Ending.LEFTOVER, contracts.subList(1, contracts.size()));
        return killedAgain(it, new Stopping(it.state(), Optional.of(contracts.getFirst()), stage, Optional.empty(), then));
    }

    private static Instance killed(Instance it, Stopping stop, Ending why) {
        return killedAgain(it, stop.at(new Stage.Killing(why, List.of())));
    }

    private static Instance killedAgain(Instance it, Stopping stop) {
        Instance killing = it.entering(stop.until(it.now().plus(Restarter.KILL_AGAIN)));
        for (ContractId contract : stop.contracts()) {
            killing = killing.killing(contract);
        }
        return killing;
    }

    static Instance whileStopping(Instance it, Stopping stop, Event event) {
        return switch (event) {
            case Asked asked -> PendingRequests.duringTransition(it, asked);
            case Happened happened -> switch (stop.stage()) {
                case Stage.MethodRunning(var method) -> whileMethodRuns(it, stop, method, happened);
                case Stage.MethodEnded(var method, var ending) -> whileMethodEnds(it, stop, method, ending, happened);
                case Stage.WaitingForEmpty _ -> whileWaiting(it, stop, happened);
                case Stage.Killing killing -> whileKilling(it, stop, killing, happened);
            };
        };
    }

    private static Instance whileMethodRuns(Instance it, Stopping stop, ContractId method, Happened happened) {
        return switch (happened) {
            case MethodExited(var c, var status) when c.equals(method) -> ended(it, stop, method, status);
            case ContractEmptied(var c) when c.equals(method) -> failed(it, stop, method, Outcome.KILLED, Ending.LAUNCHER_LOST);
            case LauncherLost(var c) when c.equals(method) -> failed(it, stop, method, Outcome.KILLED, Ending.LAUNCHER_LOST);
            case LaunchFailed(var c, var why, var severity) when c.equals(method) ->
                failed(it.logging(why), stop, method, Outcome.notBegun(severity), Ending.METHOD_FAILED);
            case DeadlinePassed _ -> it.logging("Method or service exit timed out.  Killing contract " + method + ".")
                    .failed(Method.STOP, Outcome.KILLED, Timing.TIMED_OUT)
                    .entering(stop.at(new Stage.MethodEnded(method, Ending.TIMED_OUT)).until(it.now().plus(Restarter.KILL_AGAIN)))
                    .killing(method);
            // Asked for at takeover only: nobody had entered, so it is run now.
            case Revoked(var c) when c.equals(method) -> attempt(it, stop);
            // The primary contract may empty while its stop method is at work; asked for when that ended.
            case Launched _,MethodExited _,ContractEmptied _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance ended(Instance it, Stopping stop, ContractId method, WaitStatus status) {
        Instance logged = it.logging(Outcome.sentence(Method.STOP, status));
        return switch (Outcome.of(status)) {
            case SUCCESS -> logged.withoutFailures()
                    .entering(stop.at(new Stage.MethodEnded(method, Ending.METHOD_DONE)))
                    .killing(method);
            case NO_DAEMON, DEGRADED, RETRYABLE, FATAL -> failed(logged, stop, method, status, Ending.METHOD_FAILED);
        };
    }

    private static Instance failed(Instance it, Stopping stop, ContractId method, WaitStatus status, Ending why) {
        return it.failed(Method.STOP, status, Timing.ENDED).entering(stop.at(new Stage.MethodEnded(method, why))).killing(method);
    }

    private static Instance whileMethodEnds(Instance it, Stopping stop, ContractId method, Ending why, Happened happened) {
        return switch (happened) {
            case ContractEmptied(var c) when c.equals(method) -> it.revoking(c);
            case Revoked(var c) when c.equals(method) -> afterMethod(it, stop, why);
            // The answers to what afterMethod asked: is anything of the service left?
            case Revoked(var c) when stop.contract().filter(c::equals).isPresent() -> completed(it, stop.from(), stop.then());
            case RevokeRefused(var c) when stop.contract().filter(c::equals).isPresent() -> again(it, stop);
            case DeadlinePassed _ -> it.entering(stop.until(it.now().plus(Restarter.KILL_AGAIN))).killing(method);
            case Launched _,MethodExited _,ContractEmptied _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance afterMethod(Instance it, Stopping stop, Ending why) {
        boolean oneShot = it.model() == ServiceModel.TRANSIENT;
        if (stop.contract().isEmpty()) {
            return why == Ending.METHOD_DONE || !oneShot ? completed(it, stop.from(), stop.then()) : again(it, stop);
        }
        ContractId primary = stop.contract().get();
        return switch (why) {
            case METHOD_DONE, LEFTOVER -> oneShot
                    ? askedToEnd(it, stop)
                    : it.entering(stop.at(new Stage.WaitingForEmpty(Waiting.METHOD_DONE))).revoking(primary);
            case TIMED_OUT -> oneShot ? again(it, stop) : late(it, stop);
            case METHOD_FAILED, LAUNCHER_LOST -> oneShot ? again(it, stop) : it.revoking(primary);
        };
    }

    private static Instance again(Instance it, Stopping stop) {
        boolean oneShot = it.model() == ServiceModel.TRANSIENT;
        if (StartRules.exhausted(it).isEmpty()) {
            if (oneShot) {
                return attempt(it, new Stopping(stop.from(), stop.contract(), stop.stage(), budget(it), stop.then()));
            }
            return stop.deadline().filter(it.now()::reached).isPresent() ? late(it, stop) : attempt(it, stop);
        }
        return stop.contract().isPresent() ? killed(it, stop, Ending.METHOD_FAILED) : notStopped(it, stop);
    }

    private static Instance late(Instance it, Stopping stop) {
        Instance logged = it.logging("Method or service exit timed out.  Killing contract " + stop.contract().orElseThrow() + ".");
        return killed(logged, stop, Ending.TIMED_OUT);
    }

    private static Instance whileWaiting(Instance it, Stopping stop, Happened happened) {
        return switch (happened) {
            case ContractEmptied(var c) -> it.revoking(c);
            case Revoked(var c) when stop.contract().filter(c::equals).isPresent() -> completed(it, stop.from(), stop.then());
            case DeadlinePassed _ -> late(it.failed(Method.STOP, Outcome.KILLED, Timing.TIMED_OUT), stop);
            case Launched _,MethodExited _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance whileKilling(Instance it, Stopping stop, Stage.Killing killing, Happened happened) {
        return switch (happened) {
            case ContractEmptied(var c) -> it.revoking(c);
            case Revoked(var c) when stop.contracts().contains(c) -> removed(it, stop, killing, c);
            case DeadlinePassed _ -> killedAgain(it, stop);
            case Launched _,MethodExited _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance removed(Instance it, Stopping stop, Stage.Killing killing, ContractId contract) {
        if (stop.contracts().size() > 1) {
            List<ContractId> also = killing.also().stream().filter(c -> !c.equals(contract)).toList();
            Optional<ContractId> primary = stop.contract().filter(c -> !c.equals(contract));
            Stage stage = new Stage.Killing(killing.ending(), also);
            return it.entering(new Stopping(stop.from(), primary, stage, stop.deadline(), stop.then()));
        }
        return killing.ending() == Ending.METHOD_FAILED ? notStopped(it, stop) : completed(it, stop.from(), stop.then());
    }

    /// Everything is dead, but the stop method never did its work: the administrator should know.
    private static Instance notStopped(Instance it, Stopping stop) {
        return switch (stop.then()) {
            case OFFLINE, DISABLED, MAINTENANCE -> MaintenanceRules.entered(it, StartRules.exhausted(it).orElse(Reason.METHOD_FAILED));
            case CLEARED, FORGOTTEN -> completed(it, stop.from(), stop.then());
        };
    }

    /// Every contract is revoked: the instance arrives.
    private static Instance completed(Instance it, State from, Then then) {
        ErrorClass error = MaintenanceRules.errorClass(it.label().reason());
        return switch (then) {
            case OFFLINE -> offline(it).telling(from, error);
            case DISABLED -> it.entering(new Phase.Disabled()).telling(from, error);
            case MAINTENANCE -> it.entering(new Phase.Maintenance(List.of())).telling(from, error);
            case CLEARED -> it.withoutFailures().entering(new Phase.Uninitialized()).telling(from, error);
            case FORGOTTEN -> it.forgotten().telling(from, error);
        };
    }

    private static Instance offline(Instance it) {
        boolean failedChild = it.model() == ServiceModel.CHILD
                && it.label().reason() == Reason.CT_EV_EXIT
                && it.label().failure().isPresent();
        if (failedChild && StartRate.exceeded(it.label().attempts(), it.definition().rateLimit())) {
            return it.logging("Failing too quickly, throttling.").entering(new Phase.Offline(Optional.of(it.now().plus(THROTTLE))));
        }
        return it.entering(new Phase.Offline(Optional.empty()));
    }
}
