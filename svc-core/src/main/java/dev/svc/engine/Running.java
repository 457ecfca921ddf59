package dev.svc.engine;

import java.lang.System.Logger.Level;

/// Runs an engine on the machine: a thread for its turns, one for those of its repository.
final class Running {
    private static final System.Logger LOG = System.getLogger(Running.class.getName());

    private final Engine engine;
    private final Commits commits;
    private final Surroundings.Watch databaseWatch;
    private final Runnable adopted;
    private final Thread repository;
    /// Set by the repository thread before it asks the engine to end.
    private volatile boolean repositoryFailed;

    private Running(Adopted adopted) {
        this.engine = adopted.engine();
        this.commits = adopted.commits();
        this.databaseWatch = adopted.databaseWatch();
        this.adopted = adopted.first();
        this.repository = Thread.ofPlatform().name("repository").unstarted(this::serveRepository);
    }

    /// Begins both threads.
    static void start(Adopted adopted) {
        Running running = new Running(adopted);
        running.repository.start();
        Thread.ofPlatform().name("engine").start(running::run);
    }

    private void run() {
        int status = turns();
        databaseWatch.close();
        engine.finish();
        commits.end();
        try {
            repository.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        engine.ended(status);
    }

    private int turns() {
        try {
            engine.begin(adopted);
            while (!engine.isQuitting()) {
                engine.turn(engine.untilDue());
            }
            return repositoryFailed ? Engine.BROKEN : engine.status();
        } catch (RuntimeException | Error e) {
            // The keeper restarts us and takeover recovers: that is safer than going on with a broken graph.
            LOG.log(Level.ERROR, "a broken invariant; the manager ends and its successor takes over", e);
            return Engine.BROKEN;
        } catch (InterruptedException _) {
            return 0;
        }
    }

    private void serveRepository() {
        try {
            while (commits.turn(commits.untilDue())) {
                // the next
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Memory may be between two changes. What was acknowledged is on disk, and who waits is told nothing rather than something
            // false: his connection breaks, and he asks the successor, which has read what is true.
            LOG.log(Level.ERROR, "a broken invariant of the repository; the manager ends and its successor takes over", e);
            repositoryFailed = true;
            engine.terminate();
        }
    }
}
