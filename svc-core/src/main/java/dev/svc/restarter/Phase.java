package dev.svc.restarter;

import dev.svc.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where an instance stands. State and next state of svcs(1) are read off it: Starting is "offline*".
///
/// ```
///                 enabled                start                  exit 0
///  Uninitialized ────────► Offline ────────────────► Starting ─────────► Online ◄──► Degraded
///        │                  ▲  │ disabled               │ failed ×3        │  ▲ refreshed
///        │ disabled         │  ▼                        ▼                  │  └── Refreshing
///        └────────────► Disabled ◄──── Stopping ◄───────┴──────────────────┘
///                                         │    then
///                                         └────────► Maintenance
/// ```
///
/// A contract named by a phase is the one its processes live in; it exists (or existed) in the instance's group.
public sealed interface Phase {
    /// Known, not yet evaluated.
    record Uninitialized() implements Phase {}

    record Disabled() implements Phase {}

    /// Enabled and not running.
    ///
    /// @param notBefore do not start earlier (throttle of a child that failed too quickly)
    record Offline(Optional<BootTime> notBefore) implements Phase {}

    /// The start method runs in `contract`.
    ///
    /// @param ending why what is left in the contract is being killed, if the start already failed or is being given up
    record Starting(ContractId contract, Optional<BootTime> deadline, Optional<Ending> ending) implements Phase {}

    /// Running; no contract for `:true`, for one-shots that left none, and for models that keep none.
    record Online(Optional<ContractId> contract) implements Phase {}

    record Degraded(Optional<ContractId> contract) implements Phase {}

    /// Running, with a refresh method at work in `method`.
    ///
    /// @param ending why what is left in the method's contract is being killed, once the method ended
    record Refreshing(
            State from, Optional<ContractId> contract, ContractId method, Optional<BootTime> deadline, Optional<Ending> ending)
            implements Phase {}

    /// On the way down.
    ///
    /// @param from the state it is leaving
    /// @param contract the primary contract, if there is one
    /// @param stage how far the stop has come
    record Stopping(State from, Optional<ContractId> contract, Stage stage, Optional<BootTime> deadline, Then then) implements Phase {
        /// The same stop, at another stage.
        Stopping at(Stage next) {
            return new Stopping(from, contract, next, deadline, then);
        }

        /// The same stop, with another deadline.
        Stopping until(BootTime next) {
            return new Stopping(from, contract, stage, Optional.of(next), then);
        }
    }

    /// Waiting for the administrator.
    ///
    /// @param leftovers contracts that may still have processes
    record Maintenance(List<ContractId> leftovers) implements Phase {
        public Maintenance {
            leftovers = List.copyOf(leftovers);
        }
    }

    /// How far a stop has come.
    sealed interface Stage {
        /// The stop method runs in its own contract.
        record MethodRunning(ContractId method) implements Stage {}

        /// The stop method ended; what is left in its contract is being killed.
        record MethodEnded(ContractId method, Ending ending) implements Stage {}

        /// `:kill` was sent, or the stop method succeeded: waiting for the primary contract to become empty.
        record WaitingForEmpty(Waiting why) implements Stage {}

        /// SIGKILL was sent to what was left.
        ///
        /// @param also contracts beside the primary one that are being removed with it
        record Killing(Ending ending, List<ContractId> also) implements Stage {
            public Killing {
                also = List.copyOf(also);
            }
        }
    }

    /// What is being waited for; after a crash a `:kill` is sent again, a finished method is not run again.
    enum Waiting {
        KILL_SENT,
        METHOD_DONE
    }

    /// Why processes are killed.
    enum Ending {
        /// The method did its work; what it left in its own contract goes.
        METHOD_DONE,
        /// The method failed by its own exit status or signal.
        METHOD_FAILED,
        /// The deadline passed.
        TIMED_OUT,
        /// Its launcher vanished without an exit record.
        LAUNCHER_LOST,
        /// They are left over; their removal says nothing about success.
        LEFTOVER
    }

    /// The state that svcs(1) shows.
    default State state() {
        return switch (this) {
            case Uninitialized _ -> State.UNINITIALIZED;
            case Disabled _ -> State.DISABLED;
            case Offline _, Starting _ -> State.OFFLINE;
            case Online _ -> State.ONLINE;
            case Degraded _ -> State.DEGRADED;
            case Refreshing refreshing -> refreshing.from();
            case Stopping stopping -> stopping.from();
            case Maintenance _ -> State.MAINTENANCE;
        };
    }

    /// The next state that svcs(1) shows; empty at rest.
    default Optional<State> nextState() {
        return switch (this) {
            case Starting _ -> Optional.of(State.ONLINE);
            case Refreshing refreshing -> Optional.of(refreshing.from());
            case Stopping stopping -> Optional.of(stopping.then().state());
            case Uninitialized _, Disabled _, Offline _, Online _, Degraded _, Maintenance _ -> Optional.empty();
        };
    }

    /// The primary contract named.
    default Optional<ContractId> primary() {
        return switch (this) {
            case Starting starting -> Optional.of(starting.contract());
            case Online online -> online.contract();
            case Degraded degraded -> degraded.contract();
            case Refreshing refreshing -> refreshing.contract();
            case Stopping stopping -> stopping.contract();
            case Maintenance maintenance -> maintenance.leftovers().stream().findFirst();
            case Uninitialized _, Disabled _, Offline _ -> Optional.empty();
        };
    }

    /// The contract of a stop or refresh method, running or just ended.
    default Optional<ContractId> transientContract() {
        return switch (this) {
            case Refreshing refreshing -> Optional.of(refreshing.method());
            case Stopping(_, _, Stage.MethodRunning(var method), _, _) -> Optional.of(method);
            case Stopping(_, _, Stage.MethodEnded(var method, _), _, _) -> Optional.of(method);
            case Stopping _, Uninitialized _, Disabled _, Offline _, Starting _, Online _, Degraded _, Maintenance _ -> Optional.empty();
        };
    }

    /// Every contract named, the primary one first.
    default List<ContractId> contracts() {
        List<ContractId> all = new ArrayList<>();
        primary().ifPresent(all::add);
        transientContract().ifPresent(all::add);
        switch (this) {
            case Stopping(_, _, Stage.Killing(_, var also), _, _) -> all.addAll(also);
            case Maintenance(var leftovers) -> leftovers.stream().skip(1).forEach(all::add);
            case Stopping _, Uninitialized _, Disabled _, Offline _, Starting _, Online _, Degraded _, Refreshing _ -> {}
        }
        return List.copyOf(all);
    }

    /// Whether no transition is in progress.
    default boolean isAtRest() { return nextState().isEmpty(); }

    /// The same, but a method or a wait ends at `latest` if it has longer. What is being killed already is left alone.
    default Phase notLaterThan(BootTime latest) {
        if (due().filter(latest::reached).isPresent()) {
            return this;
        }
        return switch (this) {
            case Starting(var contract, _, var ending) when ending.isEmpty() -> new Starting(contract, Optional.of(latest), ending);
            case Refreshing(var from, var contract, var method, _, var ending) when ending.isEmpty() ->
                new Refreshing(from, contract, method, Optional.of(latest), ending);
            case Stopping(_, _, Stage.MethodRunning _, _, _) -> ((Stopping) this).until(latest);
            case Stopping(_, _, Stage.WaitingForEmpty _, _, _) -> ((Stopping) this).until(latest);
            case Stopping _, Uninitialized _, Disabled _, Offline _, Starting _, Online _, Degraded _, Refreshing _, Maintenance _ -> this;
        };
    }

    /// When an [Event.DeadlinePassed] is due.
    default Optional<BootTime> due() {
        return switch (this) {
            case Offline offline -> offline.notBefore();
            case Starting starting -> starting.deadline();
            case Refreshing refreshing -> refreshing.deadline();
            case Stopping stopping -> stopping.deadline();
            case Uninitialized _, Disabled _, Online _, Degraded _, Maintenance _ -> Optional.empty();
        };
    }
}
