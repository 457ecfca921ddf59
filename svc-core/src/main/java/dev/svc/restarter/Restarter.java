package dev.svc.restarter;

import dev.svc.model.Definition;
import java.time.Duration;

/// The rules of one instance's life: what an event makes of it. One class of rules for each kind of phase.
public final class Restarter {
    /// How long a SIGKILL may take before it is sent again: a process in uninterruptible sleep, or one the fallback did not see.
    static final Duration KILL_AGAIN = Duration.ofSeconds(5);

    private Restarter() {}

    /// What `event` makes of the instance whose label is `label`: the next label, the effects to be carried out in order, and what
    /// the graph is to be told. Takes at most one contract id, [Moment#nextContract], by an [Effect.CreateContract].
    ///
    /// A step that ends in [Effect.RemoveGroup] forgets the instance: it has no label any more.
    ///
    /// A transition from offline to offline tells that an instance which had to wait (a throttled child) may be started again.
    ///
    /// @param definition what is configured now; for an instance that has none (deleted, or lost with the repository) the stand-in
    ///     that takeover yields
    public static Step step(Definition definition, Label label, Event event, Moment moment) {
        Instance it = Instance.at(definition, label, moment);
        if (event instanceof Event.DeadlinePassed && !isDue(label.phase(), moment)) {
            return it.step();
        }
        Instance after = switch (label.phase()) {
            case Phase.Uninitialized _ -> RestRules.whileUninitialized(it, event);
            case Phase.Disabled _ -> RestRules.whileDisabled(it, event);
            case Phase.Offline offline -> RestRules.whileOffline(it, offline, event);
            case Phase.Starting starting -> StartRules.whileStarting(it, starting, event);
            case Phase.Online online -> RunningRules.whileRunning(it, online.contract(), event);
            case Phase.Degraded degraded -> RunningRules.whileRunning(it, degraded.contract(), event);
            case Phase.Refreshing refreshing -> RefreshRules.whileRefreshing(it, refreshing, event);
            case Phase.Stopping stopping -> StopRules.whileStopping(it, stopping, event);
            case Phase.Maintenance maintenance -> MaintenanceRules.whileInMaintenance(it, maintenance, event);
        };
        // Whatever broke may break again if more is done now.
        return event instanceof Event.Broken ? after.step() : PendingRequests.takenUp(after).step();
    }

    // The deadline may have been moved after the event was queued.
    private static boolean isDue(Phase phase, Moment moment) {
        return phase.due().filter(moment.now()::reached).isPresent();
    }
}
