package dev.svc.contract;

import dev.svc.contract.Contracts.Happening;
import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Notices what happens to contracts, and tells it: exit records that appear, contracts that become empty, launchers that are lost.
///
/// One thread, `svc-watch`, owns what is known and does the telling; a second one, `svc-inotify`, does nothing but wait for inotify.
/// Whatever the news, the thread then *looks*: it reads whether the contract is populated, and if it is not, whether there is an exit
/// record, in this order (a record is written before its launcher leaves), and tells the exit before it tells that the contract is
/// empty. News may thus come late, twice or merged, and from more than one source:
///
/// - inotify on the contract: the kernel reports `cgroup.events` at most every 10 ms, so the end of a method that was quicker than that
///   is known sooner by
/// - the end of the launcher, a child of ours, and
/// - inotify on the directory of exit records.
/// - Each second, as long as there is a contract that nobody reports: inotify refused to watch it, or its launcher was spawned by a
///   former manager, or processes are held together without cgroups; or one that could not be looked at.
///
/// What goes wrong with one contract is logged and tried again within a second; the thread and the other contracts go on.
final class ContractWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ContractWatch.class.getName());

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// How long the end of the thread is awaited; it never waits for anything itself.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ExitRecords exits;
    private final Scan scan;
    private final Optional<WatchService> inotify;
    private final LinkedBlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
    private final Map<WatchKey, ContractId> keys = new ConcurrentHashMap<>();
    private final Map<ContractId, Path> recorded = new ConcurrentHashMap<>();
    private final Map<ContractId, Watched> contracts = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Optional<WatchKey> exitKey = Optional.empty();
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private boolean closed;
    private Consumer<Happening> sink = _ -> {};

    /// @param scan done before contracts that nobody reports are looked at
    ContractWatch(ExitRecords exits, Scan scan) {
        this.exits = exits;
        this.scan = scan;
        this.inotify = service();
    }

    /// What must be read once for all contracts.
    interface Scan {
        void scan() throws IOException;
    }

    private static Optional<WatchService> service() {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "inotify cannot be used: {0}; contracts are looked at each second", e.getMessage());
            return Optional.empty();
        }
    }

    /// Watches the directory of exit records, which exists, from now on.
    void watchExits() {
        exitKey = register(exits.directory(), StandardWatchEventKinds.ENTRY_CREATE);
    }

    /// Has the kernel report the contract from now on. What is reported is kept until [#begin] or [#add].
    void report(Watched contract) {
        Optional<WatchKey> key = contract.membership.watchable().flatMap(path -> register(path, StandardWatchEventKinds.ENTRY_MODIFY));
        key.ifPresent(reported -> keys.put(reported, contract.contract));
        contract.unreported = key.isEmpty();
    }

    private Optional<WatchKey> register(Path directory, WatchEvent.Kind<Path> kind) {
        if (inotify.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(directory.register(inotify.get(), kind));
        } catch (IOException e) {
            // Refused once, for the limit of watches is reached, it will be refused for all that follow.
            if (refusalTold.compareAndSet(false, true)) {
                LOGGER.log(System.Logger.Level.WARNING,
                        "{0} cannot be watched: {1}; it, and whatever else is refused, is looked at each second", directory,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    /// Begins to tell, from a thread of ours, what becomes of the contracts found and of those added later.
    void begin(Collection<Watched> found, Consumer<Happening> to) {
        sink = to;
        for (Watched contract : found) {
            contracts.put(contract.contract, contract);
            contract.record.ifPresent(record -> recorded.put(contract.contract, record.path()));
        }
        threads.add(Thread.ofPlatform().name("svc-watch").daemon().start(this::run));
        inotify.ifPresent(service -> threads.add(
                Thread.ofPlatform().name("svc-inotify").daemon().start(() -> forward(service))));
    }

    /// A contract that is new, and reported already.
    void add(Watched contract) {
        news.add(() -> contracts.put(contract.contract, contract));
    }

    /// The launcher of `contract` ended.
    void launcherEnded(ContractId contract, int status) {
        news.add(() -> about(contract, known -> {
            known.launcherEnded = OptionalInt.of(status);
            look(known);
        }));
    }

    /// SIGKILL was, or is about to be, sent to all of `contract`.
    void killed(ContractId contract) {
        news.add(() -> about(contract, known -> known.killed = true));
    }

    /// `contract` could not be revoked: when it is empty is to be told.
    void refused(ContractId contract) {
        news.add(() -> about(contract, known -> {
            known.emptyOwed = true;
            look(known);
        }));
    }

    /// `contract` was revoked: nothing can happen to it.
    void forget(ContractId contract) {
        news.add(() -> contracts.remove(contract));
    }

    /// Deletes the exit record of `contract`, if there is one.
    void dropRecord(ContractId contract) throws IOException {
        // Where it is was learned when it appeared: looking for it among those of all other contracts is for the rest.
        Optional<Path> record = Optional.ofNullable(recorded.remove(contract));
        if (record.isEmpty()) {
            record = exits.of(contract).map(ExitRecord::path);
        }
        if (record.isPresent()) {
            Files.deleteIfExists(record.get());
        }
    }

    private void forward(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                List<WatchEvent<?>> events = key.pollEvents();
                boolean valid = key.reset();
                news.add(() -> reported(key, events));
                if (!valid) {
                    news.add(() -> keys.remove(key));
                }
            }
        } catch (ClosedWatchServiceException _) {
            // We were closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever ended it: nobody reports any more.
            news.add(() -> contracts.values().forEach(contract -> contract.unreported = true));
        }
    }

    private void run() {
        long nextRound = System.nanoTime() + PERIOD.toNanos();
        try {
            while (!closed) {
                boolean rounds = exitKey.isEmpty() || contracts.values().stream().anyMatch(Watched::needsLook);
                Runnable next = rounds ? news.poll(nextRound - System.nanoTime(), TimeUnit.NANOSECONDS) : news.take();
                if (next != null) {
                    carryOut("what happened", next);
                }
                if (System.nanoTime() >= nextRound) {
                    round();
                    nextRound = System.nanoTime() + PERIOD.toNanos();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever one of them does wrong, the others must be carried out: without this thread nothing would ever be noticed again.
    private boolean carryOut(String what, Runnable one) {
        try {
            one.run();
            return true;
        } catch (UncheckedIOException e) {
            LOGGER.log(System.Logger.Level.ERROR, "{0}: cannot be read: {1}", what, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, what + ": an error of our own", e);
        }
        return false;
    }

    /// Does something about a contract that is known; if that fails it is looked at again in the next round.
    private void about(ContractId contract, Consumer<Watched> what) {
        Optional.ofNullable(contracts.get(contract)).ifPresent(known -> about(known, what));
    }

    private void about(Watched contract, Consumer<Watched> what) {
        contract.lookOwed |= !carryOut(contract.fmri + ": contract " + contract.contract, () -> what.accept(contract));
    }

    private void reported(WatchKey key, List<WatchEvent<?>> events) {
        if (events.stream().anyMatch(event -> event.kind() == StandardWatchEventKinds.OVERFLOW)) {
            lookAtAll();
        } else if (exitKey.filter(key::equals).isPresent()) {
            events.forEach(event -> exits.named(event.context().toString()).ifPresent(this::appeared));
        } else {
            Optional.ofNullable(keys.get(key)).ifPresent(contract -> about(contract, known -> changed(known, events)));
        }
    }

    private void changed(Watched contract, List<WatchEvent<?>> events) {
        if (events.stream().anyMatch(event -> event.context().toString().equals(Cgroup.EVENTS))) {
            // Found empty, yet changed: somebody came and is gone again.
            contract.emptyOwed |= contract.seen == Watched.Seen.NOBODY;
            look(contract);
        }
    }

    private void lookAtAll() {
        carryOut("exit records", () -> allRecords().forEach(this::appeared));
        List.copyOf(contracts.values()).forEach(contract -> about(contract, this::look));
    }

    private void round() {
        carryOut("processes", this::scan);
        if (exitKey.isEmpty()) {
            carryOut("exit records", () -> allRecords().forEach(this::appeared));
        }
        for (Watched contract : List.copyOf(contracts.values())) {
            if (contract.unreported || contract.lookOwed) {
                about(contract, this::look);
            }
            if (contract.adopted.isPresent() && !contract.adopted.get().isAlive()) {
                contract.adopted = Optional.empty();
                contract.launcherEnded = OptionalInt.of(0);
                about(contract, this::look);
            }
        }
    }

    private void scan() {
        try {
            scan.scan();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look(Watched contract) {
        boolean populated = isPopulated(contract);
        if (!populated || contract.launcherEnded.isPresent()) {
            tellRecord(contract);
        }
        boolean told = contract.launcherEnded.isPresent() && afterLauncher(contract, contract.launcherEnded.getAsInt(), populated);
        contract.launcherEnded = OptionalInt.empty();
        if (populated) {
            contract.seen = Watched.Seen.SOMEBODY;
            contract.emptyOwed = false;
        } else if (!told) {
            foundEmpty(contract);
        }
        contract.lookOwed = false;
    }

    private void foundEmpty(Watched contract) {
        boolean wasInside = contract.seen == Watched.Seen.SOMEBODY || contract.seen == Watched.Seen.NOBODY && contract.record.isPresent();
        if (wasInside || contract.emptyOwed) {
            tell(contract, new Event.ContractEmptied(contract.contract));
            contract.seen = Watched.Seen.EMPTIED;
            contract.emptyOwed = false;
        }
    }

    /// Yields whether all there is to tell was told: nobody ever came.
    private boolean afterLauncher(Watched contract, int status, boolean populated) {
        if (status == Launcher.NOT_JOINED && contract.record.isEmpty() && contract.seen == Watched.Seen.NOBODY && !populated) {
            tell(contract, new Event.LaunchFailed(
                    contract.contract, "launcher could not join contract " + contract.contract, Event.Severity.RETRYABLE));
            return true;
        }
        if (populated && contract.record.isEmpty() && !contract.killed) {
            tell(contract, new Event.LauncherLost(contract.contract));
        }
        contract.emptyOwed |= contract.seen == Watched.Seen.NOBODY;
        return false;
    }

    private boolean isPopulated(Watched contract) {
        try {
            return contract.membership.isPopulated();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Collection<ExitRecord> allRecords() {
        try {
            return exits.all().values();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tellRecord(Watched contract) {
        if (contract.record.isPresent()) {
            return;
        }
        try {
            Optional<ExitRecord> record = exits.of(contract.contract);
            if (record.isEmpty()) {
                record = contract.membership.recordBeside();
            }
            record.ifPresent(this::tellExit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void appeared(ExitRecord record) {
        carryOut("exit record " + record.path(), () -> tellExit(record));
    }

    private void tellExit(ExitRecord record) {
        recorded.put(record.contract(), record.path());
        Optional.ofNullable(contracts.get(record.contract())).filter(contract -> contract.record.isEmpty()).ifPresent(contract -> {
            tell(contract, new Event.MethodExited(record.contract(), record.status()));
            contract.record = Optional.of(record);
        });
    }

    private void tell(Watched contract, Event event) {
        sink.accept(new Happening(contract.fmri, event));
    }

    @Override public void close() {
        news.add(() -> closed = true);
        try {
            if (inotify.isPresent()) {
                inotify.get().close();
            }
            for (Thread thread : threads) {
                thread.join(FAREWELL);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
