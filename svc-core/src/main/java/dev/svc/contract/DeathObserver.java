package dev.svc.contract;

import dev.svc.posix.Death;
import dev.svc.posix.HeldProcess;
import dev.svc.posix.KernelLog;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.ProcessWatch;
import java.util.Optional;
import java.util.function.Consumer;

/// Learns what there is to learn of a death the moment it is told, on the thread that is told: its parent may reap the process at any
/// moment.
final class DeathObserver implements ProcessWatch.Listener {
    private static final System.Logger LOGGER = System.getLogger(DeathObserver.class.getName());

    private static final int KILL = 9;
    private static final long OWN_PID = ProcessHandle.current().pid();

    private final Whereabouts.Map map;
    /// Opened by the thread that is told: it takes native calls, which are slow at first.
    private Optional<KernelLog> log = Optional.empty();
    private final Consumer<Observed> told;
    private final Runnable begun;
    private final Runnable missed;
    private boolean missedBefore;

    /// @param begun run when it is certain whether deaths will be told
    /// @param missed run when some were not
    DeathObserver(Whereabouts.Map map, Consumer<Observed> told, Runnable begun, Runnable missed) {
        this.map = map;
        this.told = told;
        this.begun = begun;
        this.missed = missed;
    }

    @Override public void begun(boolean tellsDeaths) {
        if (tellsDeaths) {
            log = Optional.of(KernelLog.open());
        } else {
            LOGGER.log(System.Logger.Level.INFO, "the kernel does not tell us here how processes die: a fault of one{0}, "
                    + "while others of its service live, is not seen", HeldProcess.isEndTold() ? " that is not the main process" : "");
        }
        begun.run();
    }

    @Override public void died(Death death) {
        // What we spawned ourselves is a launcher: others tell of it.
        if (death.parent() == OWN_PID) {
            return;
        }
        try {
            told.accept(observed(death));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, death + ": an error of our own", e);
        }
    }

    private Observed observed(Death death) {
        // The process first: it is the one that vanishes. Its parent's pid tells it from another that has got its pid already.
        boolean itself = ProcessStat.of(death.pid()).filter(stat -> stat.parent() == death.parent()).isPresent();
        Whereabouts own = itself ? map.of(death.pid()) : new Whereabouts.Unknown();
        Whereabouts parents = map.of(death.parent());
        boolean method = parents.known().filter(contract -> Launcher.isLauncher(death.parent(), contract)).isPresent();
        return new Observed(death, own, parents, method,
                death.signal() == KILL && log.filter(said -> said.isVictim(death.pid())).isPresent());
    }

    @Override public void ended() {
        log.ifPresent(KernelLog::close);
    }

    @Override public void missed() {
        if (!missedBefore) {
            missedBefore = true;
            LOGGER.log(System.Logger.Level.WARNING,
                    "more processes died at once than the kernel could tell us: a fault among them is not seen; this is not said again");
        }
        missed.run();
    }
}
