package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.restarter.ContractId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractWatchTest {
    private static final int CONTRACTS = 5;

    @Test void refusedWatchesAreWarnedOfOnceAndLookedAtEachSecond(@TempDir Path directory) {
        List<LogRecord> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger(Inotify.class.getName());
        Handler handler = new Collecting(warnings);
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        // Another test may have silenced all of us.
        logger.setLevel(Level.WARNING);
        try (ContractWatch watch = new ContractWatch(new ExitRecords(directory), () -> {})) {
            for (int contract = 1; contract <= CONTRACTS; contract++) {
                Watched watched = new Watched(Bench.WEB, new ContractId(contract), new Unwatchable(directory), Watched.Seen.SOMEBODY);
                watch.report(watched);
                assertTrue(watched.needsLook());
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
            logger.setLevel(null);
        }
        assertEquals(1, warnings.size());
    }

    /// A contract whose directory inotify refuses to watch: it is not there.
    private record Unwatchable(Path directory) implements Membership {
        @Override public boolean isPopulated() { return true; }

        @Override public List<Long> pids() {
            return List.of();
        }

        @Override public Optional<Path> watchable() {
            return Optional.of(directory.resolve("missing"));
        }

        @Override public Optional<ExitRecord> recordBeside() {
            return Optional.empty();
        }
    }

    private static final class Collecting extends Handler {
        private final List<LogRecord> records;

        Collecting(List<LogRecord> records) {
            this.records = records;
        }

        @Override public void publish(LogRecord record) {
            records.add(record);
        }

        @Override public void flush() {}

        @Override public void close() {}
    }
}
