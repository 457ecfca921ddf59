package dev.svc.engine;

import dev.svc.restarter.BootTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// The machine we run on, as surroundings of an engine.
final class Machine implements Surroundings {
    @Override public Clock clock() {
        return new Clock() {
            // On Linux this reads CLOCK_MONOTONIC.
            @Override public BootTime now() {
                return new BootTime(System.nanoTime());
            }

            @Override public Instant wall() {
                return Instant.now();
            }
        };
    }

    @Override public RandomGenerator random() {
        return new SplittableRandom();
    }

    @Override public Executor tasks() {
        return task -> Thread.ofVirtual().name("task").start(task);
    }

    // Not a virtual thread: while SQLite works it would hold one of the few threads that carry them.
    @Override public Executor reading() {
        return task -> Thread.ofPlatform().name("reading").daemon().start(task);
    }

    @Override public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override public FileWatch watchFiles(Runnable mayHaveChanged) throws IOException {
        return new NearestDirectories(mayHaveChanged);
    }

    @Override public Watch watchDirectory(Path directory, Runnable changed) throws IOException {
        DirectoryWatch watch = new DirectoryWatch(DirectoryWatch.Of.NAMES_AND_CONTENT, _ -> changed.run());
        watch.watch(directory);
        return watch;
    }
}
