package dev.svc.restarter;

import dev.svc.model.ErrorClass;
import dev.svc.model.Method;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
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
import dev.svc.restarter.Phase.Refreshing;
import java.util.List;
import java.util.Optional;

/// A refresh: the running instance is told by its refresh method to read its configuration again.
///
/// A refresh method that fails like a start method would ends in maintenance, as in SMF; the service itself, which may well have
/// refused a broken configuration and gone on with the old one, is kept running, and `svcadm clear` stops it first.
final class RefreshRules {
    private RefreshRules() {}

    static Instance begin(Instance running) {
        Instance it = running.withoutFailures().logging("Rereading configuration.");
        Optional<Method> method = it.definition().method(Method.REFRESH);
        if (method.isEmpty()) {
            return done(it.logging("No 'refresh' method defined.  Treating as :true."));
        }
        if (method.get().exec().isBlank()) {
            return done(it.logging("Method property 'refresh/exec is not present."));
        }
        if (method.get().isTrue()) {
            return done(it.logging("Executing refresh method (null)."));
        }
        if (method.get().isKill()) {
            return done(signalled(it.logging("Executing refresh method (:kill)."), method.get().killSignal()));
        }
        return attempt(it, method.get());
    }

    // The label need not announce it: asked for again after a crash, the signal is sent again.
    private static Instance signalled(Instance it, String signal) {
        return it.label().phase().primary().map(c -> it.effecting(new Effect.Signal(it.fmri(), c, signal))).orElse(it);
    }

    private static Instance done(Instance it) {
        return it.telling(it.state(), ErrorClass.REFRESH);
    }

    private static Instance attempt(Instance it, Method method) {
        ContractId contract = it.moment().nextContract();
        Optional<BootTime> deadline = method.timeout().map(it.now()::plus);
        return it.entering(new Refreshing(it.state(), it.label().phase().primary(), contract, deadline, Optional.empty()))
                .effecting(new Effect.CreateContract(it.fmri(), contract), new Effect.StartMethod(it.fmri(), contract, Method.REFRESH));
    }

    static Instance whileRefreshing(Instance it, Refreshing refreshing, Event event) {
        return switch (event) {
            case Asked asked -> PendingRequests.duringTransition(it, asked);
            case MethodExited(var c, var status) when primary(refreshing, c) && it.model() == ServiceModel.CHILD ->
                RunningRules.childEnded(it, status);
            case Revoked(var c) when primary(refreshing, c) && it.model() == ServiceModel.CHILD ->
                RunningRules.childEnded(it, Outcome.KILLED);
            case LaunchFailed(var c, var why, var severity) when primary(refreshing, c) && it.model() == ServiceModel.CHILD ->
                RunningRules.childEnded(it.logging(why), Outcome.notBegun(severity));
            case ContractEmptied(var c) when primary(refreshing, c) -> emptied(it);
            case MemberFault(var c, var reason) when primary(refreshing, c) && RunningRules.isCritical(it, reason) ->
                PendingRequests.with(it, new Request.Stop(reason, ErrorClass.FAULT));
            case Happened happened -> refreshing.ending().isPresent()
                    ? whileEnding(it, refreshing, refreshing.ending().get(), happened)
                    : whileMethodRuns(it, refreshing.method(), happened);
        };
    }

    private static Instance emptied(Instance it) {
        return switch (it.model()) {
            case CONTRACT -> PendingRequests.with(it, new Request.Stop(Reason.CT_EV_EXIT, ErrorClass.RESTART));
            case TRANSIENT -> it;
            case CHILD -> RunningRules.childEnded(it, Outcome.KILLED);
        };
    }

    private static Instance whileMethodRuns(Instance it, ContractId method, Happened happened) {
        return switch (happened) {
            case MethodExited(var c, var status) when c.equals(method) -> ended(it, status);
            case ContractEmptied(var c) when c.equals(method) -> failed(it, Outcome.KILLED, Timing.ENDED, Ending.LAUNCHER_LOST);
            case LauncherLost(var c) when c.equals(method) -> failed(it, Outcome.KILLED, Timing.ENDED, Ending.LAUNCHER_LOST);
            case LaunchFailed(var c, var why, var severity) when c.equals(method) ->
                failed(it.logging(why), Outcome.notBegun(severity), Timing.ENDED, Ending.METHOD_FAILED);
            case DeadlinePassed _ -> failed(
                    it.logging("Method or service exit timed out.  Killing contract " + method + "."),
                    Outcome.KILLED,
                    Timing.TIMED_OUT,
                    Ending.TIMED_OUT);
            // Asked for at takeover only: nobody had entered, so it is run now.
            case Revoked(var c) when c.equals(method) -> again(it);
            case Launched _,MethodExited _,ContractEmptied _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance ended(Instance it, WaitStatus status) {
        Instance logged = it.logging(Outcome.sentence(Method.REFRESH, status));
        return switch (Outcome.of(status)) {
            case SUCCESS -> ending(logged.withoutFailures(), Ending.METHOD_DONE);
            case NO_DAEMON, DEGRADED, RETRYABLE, FATAL -> failed(logged, status, Timing.ENDED, Ending.METHOD_FAILED);
        };
    }

    private static Instance failed(Instance it, WaitStatus status, Timing timing, Ending why) {
        return ending(it.failed(Method.REFRESH, status, timing), why);
    }

    private static Instance ending(Instance it, Ending why) {
        Refreshing was = (Refreshing) it.label().phase();
        Optional<BootTime> again = Optional.of(it.now().plus(Restarter.KILL_AGAIN));
        return it.entering(new Refreshing(was.from(), was.contract(), was.method(), again, Optional.of(why))).killing(was.method());
    }

    private static Instance whileEnding(Instance it, Refreshing refreshing, Ending why, Happened happened) {
        return switch (happened) {
            case ContractEmptied(var c) -> it.revoking(c);
            case Revoked(var c) when c.equals(refreshing.method()) -> why == Ending.METHOD_DONE
                    ? done(running(it, refreshing))
                    : afterFailure(it, refreshing);
            case DeadlinePassed _ -> ending(it, why);
            case Launched _,MethodExited _,Revoked _,RevokeRefused _,LaunchFailed _,LauncherLost _,MemberFault _ -> it;
        };
    }

    private static Instance afterFailure(Instance it, Refreshing refreshing) {
        Optional<Reason> over = StartRules.exhausted(it);
        if (over.isPresent()) {
            List<ContractId> left = refreshing.contract().stream().toList();
            return MaintenanceRules.entered(it, over.get(), left);
        }
        return again(it);
    }

    // The definition may have changed meanwhile, so that there is no method any more.
    private static Instance again(Instance it) {
        Refreshing was = (Refreshing) it.label().phase();
        Optional<Method> method = it.definition().method(Method.REFRESH);
        boolean runs = method.filter(m -> !m.exec().isBlank() && !m.isTrue() && !m.isKill()).isPresent();
        return runs && !PendingRequests.supersedeRetry(it) ? attempt(it, method.get()) : running(it, was);
    }

    private static Instance running(Instance it, Refreshing was) {
        Instance there = it.withoutFailures().entering(RunningRules.phase(was.from(), was.contract()));
        boolean oneShot = it.model() == ServiceModel.TRANSIENT;
        // What a one-shot left may have ended during the refresh, and nobody would tell again.
        return oneShot ? was.contract().map(there::revoking).orElse(there) : there;
    }

    private static boolean primary(Refreshing refreshing, ContractId told) {
        return refreshing.contract().filter(told::equals).isPresent();
    }
}
