package dev.svc.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/// Tells of processes that end: of those it is asked to await, children of ours or not, and, where the kernel lets us know, of all that a
/// signal ends.
///
/// One thread, `svc-processes`, waits for all of them at once, and does the telling. Nothing is polled, except where the kernel has no
/// descriptors of processes.
public final class ProcessWatch implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final int PERIOD_MILLISECONDS = 1000;
    private static final int FOR_EVER = -1;

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NOT_BLOCKING = 0x800;

    private final Optional<Listener> listener;
    private final ConcurrentLinkedQueue<Awaited> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> afterDeaths = new ConcurrentLinkedQueue<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("svc-processes").daemon().unstarted(this::run);
    private Optional<ProcessConnector> connector = Optional.empty();
    private volatile OptionalInt bell = OptionalInt.empty();
    private volatile boolean tellsDeaths;
    private volatile boolean closed;

    /// What is told of deaths by a signal, from the thread of the watch, which an exception would end.
    public interface Listener {
        /// Whether deaths will be told: first of all.
        void begun(boolean tellsDeaths);

        void died(Death death);

        /// Nothing more will be told.
        void ended();

        /// More died than there was room to tell of.
        void missed();
    }

    /// A process whose end is awaited.
    private record Awaited(ProcessIdentity process, Consumer<OptionalInt> then, Optional<HeldProcess> held) {
        OptionalInt descriptor() {
            return held.map(HeldProcess::descriptor).orElse(OptionalInt.empty());
        }

        void tell() {
            then.accept(held.map(HeldProcess::waitStatus).orElseGet(() -> ProcessStat.waitStatusOfZombie(process)));
        }

        void close() {
            held.ifPresent(HeldProcess::close);
        }
    }

    /// One that tells of deaths by a signal, too, if the kernel lets it.
    public ProcessWatch(Listener listener) {
        this.listener = Optional.of(listener);
    }

    /// One that awaits processes only.
    public ProcessWatch() {
        this.listener = Optional.empty();
    }

    public void begin() {
        thread.start();
    }

    /// Runs `then`, on the thread of the watch, as soon as `process` has ended, or if it has already. From any thread, at any time.
    ///
    /// @param then is given how it ended, as of wait(2), if that can be known
    public void await(ProcessIdentity process, Consumer<OptionalInt> then) {
        asked.add(new Awaited(process, then, Optional.empty()));
        ring();
    }

    /// Runs `then`, on the thread of the watch, when all deaths that the kernel has told of by now were told.
    public void afterDeaths(Runnable then) {
        afterDeaths.add(then);
        ring();
    }

    /// Whether the kernel tells us of processes that a signal ends; false also until that is known.
    public boolean tellsDeaths() {
        return tellsDeaths;
    }

    private void ring() {
        // Before there is a bell nobody waits yet, and what was asked is looked at first.
        if (bell.isPresent()) {
            try (Arena arena = Arena.ofConfined()) {
                Libc.write(bell.getAsInt(), arena.allocateFrom(JAVA_LONG, 1L));
            } catch (Libc.Failure _) {
                // It rings already.
            }
        }
    }

    private void run() {
        try {
            bell = OptionalInt.of(Libc.eventfd(CLOSE_ON_EXEC | NOT_BLOCKING));
            connector = listener.flatMap(_ -> ProcessConnector.open());
            tellsDeaths = connector.isPresent();
            listener.ifPresent(told -> told.begun(tellsDeaths));
            while (!closed) {
                takeUp();
                List<Awaited> ended = wait(awaited);
                List<Runnable> waiting = taken(afterDeaths);
                tellDeaths();
                waiting.forEach(Runnable::run);
                awaited.removeAll(ended);
                ended.forEach(Awaited::tell);
                ended.forEach(Awaited::close);
            }
        } catch (Libc.Failure e) {
            throw new IllegalStateException("the ends of processes cannot be awaited", e);
        } finally {
            disconnect();
            awaited.forEach(Awaited::close);
            listener.ifPresent(Listener::ended);
        }
    }

    private static <T> List<T> taken(ConcurrentLinkedQueue<T> queue) {
        List<T> all = new ArrayList<>();
        for (T next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }

    private void takeUp() {
        for (Awaited next : taken(asked)) {
            Optional<HeldProcess> held = held(next.process);
            if (held.isPresent()) {
                awaited.add(new Awaited(next.process, next.then, held));
            } else if (next.process.isAlive()) {
                awaited.add(next);
            } else {
                next.tell();
            }
        }
    }

    private static Optional<HeldProcess> held(ProcessIdentity process) {
        try {
            Optional<HeldProcess> held = HeldProcess.of(process.pid());
            held.filter(other -> !other.identity().equals(process)).ifPresent(HeldProcess::close);
            return held.filter(other -> other.identity().equals(process));
        } catch (IOException _) {
            // No descriptor is left: it is looked at each second.
            return Optional.empty();
        }
    }

    /// Waits until something is to be done; yields those which have ended.
    private List<Awaited> wait(List<Awaited> candidates) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            List<Awaited> held = candidates.stream().filter(one -> one.descriptor().isPresent()).toList();
            Polled polled = new Polled(arena, held.size() + 2);
            polled.add(bell.getAsInt());
            held.forEach(one -> polled.add(one.descriptor().getAsInt()));
            connector.ifPresent(source -> polled.add(source.descriptor()));
            polled.wait(held.size() < candidates.size() ? PERIOD_MILLISECONDS : FOR_EVER);
            if (polled.isReadable(0)) {
                Libc.read(bell.getAsInt(), arena.allocate(JAVA_LONG));
            }
            List<Awaited> ended = new ArrayList<>();
            for (int i = 0; i < held.size(); i++) {
                if (polled.isReadable(i + 1)) {
                    ended.add(held.get(i));
                }
            }
            candidates.stream().filter(one -> one.descriptor().isEmpty() && !one.process.isAlive()).forEach(ended::add);
            return ended;
        }
    }

    private void tellDeaths() {
        boolean more = connector.isPresent();
        while (more) {
            try {
                Optional<Death> death = connector.get().next();
                death.ifPresent(listener.orElseThrow()::died);
                more = death.isPresent();
            } catch (ProcessConnector.OverflowException _) {
                listener.orElseThrow().missed();
            } catch (Libc.Failure _) {
                disconnect();
                more = false;
            }
        }
    }

    private void disconnect() {
        tellsDeaths = false;
        connector.ifPresent(ProcessConnector::close);
        connector = Optional.empty();
    }

    @Override public void close() {
        closed = true;
        ring();
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            bell.ifPresent(Libc::close);
        }
    }

    /// An array of `struct pollfd`.
    private static final class Polled {
        private static final short READABLE = 1;
        private static final int ENTRY_BYTES = 8;
        private static final int WANTED_AT = 4;
        private static final int FOUND_AT = 6;

        private final MemorySegment entries;
        private int count;

        Polled(Arena arena, int most) {
            entries = arena.allocate((long) most * ENTRY_BYTES, Integer.BYTES);
        }

        void add(int descriptor) {
            long at = (long) count++ * ENTRY_BYTES;
            entries.set(JAVA_INT, at, descriptor);
            entries.set(JAVA_SHORT, at + WANTED_AT, READABLE);
        }

        void wait(int timeoutMilliseconds) throws Libc.Failure {
            try {
                Libc.poll(entries, count, timeoutMilliseconds);
            } catch (Libc.Failure e) {
                if (!e.is(Errno.EINTR)) {
                    throw e;
                }
            }
        }

        boolean isReadable(int index) {
            return entries.get(JAVA_SHORT, (long) index * ENTRY_BYTES + FOUND_AT) != 0;
        }
    }
}
