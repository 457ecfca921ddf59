package dev.svc.simulation;

import dev.svc.engine.Clock;
import dev.svc.engine.Surroundings;
import dev.svc.restarter.BootTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// Clocks, tasks and files for one manager; what outlives it is shared.
final class SimulatedMachine implements Surroundings {
    /// Clocks and files.
    static final class World implements Clock {
        private Duration sinceBoot = Duration.ofSeconds(100);
        private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
        final Set<String> files = new HashSet<>();

        @Override public BootTime now() {
            return new BootTime(sinceBoot.toNanos());
        }

        @Override public Instant wall() {
            return wall;
        }

        void passes(Duration span) {
            sinceBoot = sinceBoot.plus(span);
            wall = wall.plus(span);
        }

        /// The time of day is set, or the machine was suspended: nothing else notices.
        void jumps(Duration span) {
            wall = wall.plus(span);
        }

        void boots() {
            sinceBoot = Duration.ofSeconds(10);
            wall = wall.plusSeconds(30);
        }
    }

    private final World world;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private Runnable filesChanged = () -> {};

    SimulatedMachine(World world) {
        this.world = world;
    }

    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    /// Runs one of the tasks that wait, in any order.
    void runTask(boolean oldest) {
        (oldest ? tasks.removeFirst() : tasks.removeLast()).run();
    }

    void filesChanged() {
        filesChanged.run();
    }

    @Override public Clock clock() {
        return world;
    }

    @Override public RandomGenerator random() {
        return new SplittableRandom(world.wall().toEpochMilli());
    }

    @Override public Executor tasks() {
        return tasks::addLast;
    }

    @Override public Executor reading() {
        return tasks();
    }

    @Override public boolean exists(Path file) {
        return file.startsWith("/bin") || world.files.contains(file.toString());
    }

    @Override public FileWatch watchFiles(Runnable mayHaveChanged) {
        filesChanged = mayHaveChanged;
        return new FileWatch() {
            @Override public void watch(Iterable<Path> files) {
                // told of any
            }

            @Override public void close() {
                filesChanged = () -> {};
            }
        };
    }

    @Override public Watch watchDirectory(Path directory, Runnable changed) {
        return () -> {};
    }
}
