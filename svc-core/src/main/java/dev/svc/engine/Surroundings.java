package dev.svc.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What an engine has around it beside contracts and disk.
public interface Surroundings {
    Clock clock();

    RandomGenerator random();

    /// Where what may have to wait for the machine is done, each task by itself.
    Executor tasks();

    /// Where what keeps a processor busy for long is done, each task by itself.
    Executor reading();

    boolean exists(Path file);

    /// Watches files that dependencies name.
    ///
    /// @param mayHaveChanged called from any thread when one of them may have come or gone
    FileWatch watchFiles(Runnable mayHaveChanged) throws IOException;

    /// Watches names and contents of a directory.
    ///
    /// @param changed called from any thread
    Watch watchDirectory(Path directory, Runnable changed) throws IOException;

    /// Something that is watched until it is closed.
    interface Watch extends AutoCloseable {
        @Override void close();
    }

    /// The files that are watched.
    interface FileWatch extends Watch {
        /// Watches for exactly these files from now on. Those that cannot be watched are still looked at whenever something else happens.
        void watch(Iterable<Path> files);
    }
}
