package dev.svc.restarter;

import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.model.WaitStatus;
import java.util.Optional;

/// What an instance is told. Events about a contract the label does not name are old news and change nothing.
public sealed interface Event {
    /// What somebody wants of the instance: during a transition it waits for the end.
    sealed interface Asked extends Event {}

    /// What the world did: a transition goes on by it.
    sealed interface Happened extends Event {}

    // from the graph

    /// Effectively enabled (also told when nothing changed).
    record Enable() implements Asked {}

    /// Effectively disabled: an offline instance becomes disabled, a running one is stopped. In maintenance only an administrator's
    /// disable has effect.
    record Disable(By by) implements Asked {}

    /// All dependencies are satisfied and it may run.
    record Start() implements Asked {}

    /// It must stop for its dependencies; afterwards it is offline.
    ///
    /// @param cause [ErrorClass#FAULT] keeps the record of starts, others clear it (STOP_RESET)
    record Stop(ErrorClass cause) implements Asked {}

    /// It completes a dependency cycle, or its definition is invalid: maintenance.
    record Misconfigured(Reason reason) implements Asked {}

    /// A temporary setting by which a milestone keeps it down, or the end of that. Whether it is to be enabled or disabled for it is told
    /// by [Enable] or [Disable].
    ///
    /// @param outside whether the milestone is without it
    record Overridden(Optional<Boolean> temporary, boolean outside) implements Asked {}

    // from the administrator

    /// A request that was acknowledged.
    record Requested(Request request) implements Asked {}

    // from the world

    /// The launcher of the method was spawned. Only the child model, online as soon as its process is begun, needs to be told; it may
    /// come after [MethodExited].
    record Launched(ContractId contract) implements Happened {}

    /// The exit record of a method appeared.
    record MethodExited(ContractId contract, WaitStatus status) implements Happened {}

    /// No process is left in the contract; its exit record, if any, was told before.
    record ContractEmptied(ContractId contract) implements Happened {}

    /// The phase's deadline is reached.
    record DeadlinePassed() implements Happened {}

    /// The contract was revoked: nothing can enter it any more.
    record Revoked(ContractId contract) implements Happened {}

    /// The contract could not be revoked: a process (or a new nested group) is inside; ContractEmptied will follow.
    record RevokeRefused(ContractId contract) implements Happened {}

    /// The method could not be begun (no launcher, tokens that cannot be expanded, unknown user).
    record LaunchFailed(ContractId contract, String why, Severity severity) implements Happened {}

    /// No launcher and no exit record, though processes may be left: it was killed.
    record LauncherLost(ContractId contract) implements Happened {}

    /// A member dumped core or was killed from outside while others live.
    record MemberFault(ContractId contract, Reason reason) implements Happened {}

    /// The instance was taken over and its label agrees with its contracts: what is pending is taken up.
    record TakenOver() implements Asked {}

    /// An error of our own happened while the instance was handled.
    record Broken() implements Asked {}

    /// On whose behalf an instance is disabled.
    enum By {
        GRAPH, ADMINISTRATOR
    }

    /// Whether trying again may help.
    enum Severity {
        RETRYABLE, FATAL
    }
}
