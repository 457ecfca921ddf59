package dev.svc.contract;

import dev.svc.contract.Contracts.Happening;
import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.model.Reason;
import dev.svc.posix.HeldProcess;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.ProcessWatch;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Notices what happens to contracts, and tells it: exit records that appear, contracts that become empty, launchers that are lost.
///
/// One thread, `svc-watch`, owns what is known and does the telling; a second one, `svc-inotify`, does nothing but wait ([Inotify]).
/// Whatever the news, the thread then *looks*: it reads whether the contract is populated, and if it is not, whether there is an exit
/// record, in this order (a record is written before its launcher leaves), and tells the exit before it tells that the contract is
/// empty. News may thus come late, twice or merged, and from more than one source:
///
/// - inotify on the contract: the kernel reports `cgroup.events` at most every 10 ms, so the end of a method that was quicker than that
///   is known sooner by
/// - the end of the launcher, a child of ours, and
/// - inotify on the directory of exit records;
/// - the end of a launcher that a former manager spawned ([ProcessWatch]);
/// - each second, as long as there is a contract that nobody reports: inotify refused to watch it, or processes are held together without
///   cgroups; or one that could not be looked at.
///
/// Faults of members, while others live, are told beside that, if the kernel tells how processes die ([MemberFaults]).
///
/// What goes wrong with one contract is logged and tried again within a second; the thread and the other contracts go on.
final class ContractWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ContractWatch.class.getName());

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// How long the end of the thread is awaited; it never waits for anything itself.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /// For how long after a signal of ours, or a method, a member that dies by a signal may have died of that.
    private static final Duration EXCUSE = Duration.ofSeconds(5);

    private final ExitRecords exits;
    private final Scan scan;
    private final Optional<Whereabouts.Map> map;
    private final ProcessWatch processes;
    private final MemberFaults faults = new MemberFaults();
    private final Inotify inotify = new Inotify();
    private final LinkedBlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
    private final Map<WatchKey, ContractId> keys = new ConcurrentHashMap<>();
    private final Map<ContractId, Path> recorded = new ConcurrentHashMap<>();
    private final Map<ContractId, Watched> contracts = new HashMap<>();
    private Optional<Thread> thread = Optional.empty();
    private volatile Optional<WatchKey> exitKey = Optional.empty();
    private boolean closed;
    private Consumer<Happening> sink = _ -> {};

    /// @param scan done before contracts that nobody reports are looked at
    ContractWatch(ExitRecords exits, Scan scan) {
        this.exits = exits;
        this.scan = scan;
        this.map = Optional.empty();
        this.processes = new ProcessWatch();
    }

    /// One that tells faults of members, too.
    ///
    /// @param map where processes are among the contracts
    ContractWatch(ExitRecords exits, Whereabouts.Map map) {
        this.exits = exits;
        this.scan = () -> {};
        this.map = Optional.of(map);
        this.processes = new ProcessWatch(new DeathObserver(map, death -> news.add(() -> died(death)),
                () -> news.add(this::rememberMains), () -> news.add(this::lookAtAll)));
    }

    /// What must be read once for all contracts.
    interface Scan {
        void scan() throws IOException;
    }

    /// Watches the directory of exit records, which exists, from now on.
    void watchExits() {
        exitKey = inotify.register(exits.directory(), StandardWatchEventKinds.ENTRY_CREATE);
    }

    /// Has the kernel report the contract from now on. What is reported is kept until [#begin] or [#add].
    void report(Watched contract) {
        Optional<WatchKey> key = contract.membership.watchable()
                .flatMap(path -> inotify.register(path, StandardWatchEventKinds.ENTRY_MODIFY));
        key.ifPresent(reported -> keys.put(reported, contract.contract));
        contract.unreported = key.isEmpty();
    }

    /// Begins to tell, from a thread of ours, what becomes of the contracts found and of those added later.
    void begin(Collection<Watched> found, Consumer<Happening> to) {
        sink = to;
        for (Watched contract : found) {
            contracts.put(contract.contract, contract);
            contract.record.ifPresent(record -> recorded.put(contract.contract, record.path()));
        }
        for (Watched contract : found) {
            // It may have run out of memory while nobody watched.
            news.add(() -> about(contract, this::lookAtMemory));
            contract.adopted.ifPresent(launcher -> processes.await(launcher, _ -> launcherEnded(contract.contract, 0)));
        }
        processes.begin();
        thread = Optional.of(Thread.ofPlatform().name("svc-watch").daemon().start(this::run));
        inotify.begin(new Inotify.Listener() {
            @Override public void reported(WatchKey key, List<WatchEvent<?>> events) {
                news.add(() -> ContractWatch.this.reported(key, events));
            }

            @Override public void isGone(WatchKey key) {
                news.add(() -> keys.remove(key));
            }

            @Override public void reportsNoMore() {
                news.add(() -> contracts.values().forEach(contract -> contract.unreported = true));
            }
        });
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

    /// SIGKILL is about to be sent to all of `contract`.
    void killed(ContractId contract) {
        signalled(contract);
        news.add(() -> about(contract, known -> known.killed = true));
    }

    /// A signal is about to be sent to all of `contract`.
    void signalled(ContractId contract) {
        news.add(() -> about(contract, ContractWatch::excuse));
    }

    private static void excuse(Watched contract) {
        contract.excusedUntil = System.nanoTime() + EXCUSE.toNanos();
    }

    /// Which faults of members are told.
    Contracts.Faults faultsTold() {
        if (processes.tellsDeaths()) {
            return Contracts.Faults.ALL;
        }
        return map.isPresent() && HeldProcess.isEndTold() ? Contracts.Faults.OF_MAINS : Contracts.Faults.NONE;
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
        news.add(() -> {
            faults.forget(contract);
            Optional.ofNullable(contracts.remove(contract)).ifPresent(gone -> beside(gone).forEach(ContractWatch::excuse));
        });
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

    private void run() {
        long nextRound = System.nanoTime() + PERIOD.toNanos();
        try {
            while (!closed) {
                boolean rounds = exitKey.isEmpty() || contracts.values().stream().anyMatch(Watched::needsLook);
                OptionalLong patience = leastPatience();
                Runnable next = rounds || patience.isPresent()
                        ? news.poll(Math.min(nextRound - System.nanoTime(), patience.orElse(Long.MAX_VALUE)), TimeUnit.NANOSECONDS)
                        : news.take();
                if (next != null) {
                    carryOut("what happened", next);
                } else if (patience.isPresent()) {
                    List.copyOf(contracts.values()).forEach(contract -> about(contract, this::stopAwaiting));
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

    /// How long it is until the first word that is awaited is awaited no more, in nanoseconds.
    private OptionalLong leastPatience() {
        long now = System.nanoTime();
        return contracts.values().stream().filter(Watched::isAwaitingDeath).mapToLong(contract -> contract.awaitedUntil - now).min();
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
        if (events.stream().anyMatch(event -> event.context().toString().equals(Cgroup.MEMORY_EVENTS))) {
            lookAtMemory(contract);
        }
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
            // Not that the answer could fail to come; but then nobody would ever hear that it is empty.
            about(contract, this::deathsHeard);
        }
    }

    /// The other contracts of its instance: while a stop or refresh method is at work in one of two, it may signal the other.
    private Stream<Watched> beside(Watched contract) {
        return contracts.values().stream().filter(other -> other != contract && other.fmri.equals(contract.fmri));
    }

    private void rememberMains() {
        List.copyOf(contracts.values()).forEach(contract -> about(contract, this::rememberMains));
    }

    /// Who is in the contract, now that its method has ended, without a parent in it.
    private void rememberMains(Watched contract) {
        if (map.isEmpty()) {
            return;
        }
        try {
            List<Long> pids = contract.membership.pids();
            for (long pid : pids) {
                ProcessStat.of(pid)
                        .filter(stat -> !stat.isZombie() && !pids.contains(stat.parent()) && !Launcher.isLauncher(pid, contract.contract))
                        .filter(_ -> map.get().of(pid) instanceof Whereabouts.Inside)
                        .map(ProcessStat::identity)
                        .filter(main -> faults.remember(contract.contract, main))
                        .ifPresent(main -> processes.await(main, status -> news.add(() -> mainEnded(contract.contract, main, status))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mainEnded(ContractId contract, ProcessIdentity main, OptionalInt status) {
        if (processes.tellsDeaths()) {
            // Of which it died is told beside this.
            faults.ended(main, System.nanoTime());
            return;
        }
        faults.forget(main);
        about(contract, known -> {
            Optional<Reason> reason = status.isPresent() ? MemberFaults.ofMain(status.getAsInt()) : Optional.empty();
            if (reason.isPresent()) {
                // That it was for memory is known there only.
                lookAtMemory(known);
                tellFault(known, reason.get(), System.nanoTime());
            }
            hearIfNoneIsOwed(known);
        });
    }

    private void died(Observed death) {
        faults.of(death).ifPresent(fault -> about(fault.contract(), known -> {
            boolean launcher = known.adopted.filter(adopted -> adopted.pid() == death.death().pid()).isPresent();
            if (!launcher) {
                tellFault(known, fault.reason(), death.death().nanos());
            }
            hearIfNoneIsOwed(known);
        }));
    }

    private void tellFault(Watched contract, Reason reason, long nanos) {
        if (reason != Reason.CT_EV_SIGNAL || !isExcused(contract, nanos)) {
            tell(contract, new Event.MemberFault(contract.contract, reason));
        }
    }

    private void hearIfNoneIsOwed(Watched contract) {
        if (contract.isAwaitingDeath() && patience(contract, System.nanoTime()).isZero()) {
            heard(contract);
        }
    }

    private Duration patience(Watched contract, long nanos) {
        return switch (faultsTold()) {
            // That a member died by a signal is no fault while that is excused.
            case ALL -> isExcused(contract, nanos) ? faults.patienceForCore(contract.contract) : faults.patience(contract.contract, nanos);
            case OF_MAINS -> faults.patienceForMains(contract.contract);
            case NONE -> Duration.ZERO;
        };
    }

    /// Whether a signal by which a member dies at that time may be ours, or one of our methods'.
    private boolean isExcused(Watched contract, long nanos) {
        return nanos < contract.excusedUntil || beside(contract).findAny().isPresent();
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
            contract.deaths = Watched.Deaths.UNASKED;
            contract.seen = Watched.Seen.SOMEBODY;
            contract.emptyOwed = false;
        } else if (!told) {
            foundEmpty(contract);
        }
        contract.lookOwed = false;
    }

    private void lookAtMemory(Watched contract) {
        try {
            OptionalLong kills = contract.membership.untoldOomKills();
            if (kills.isPresent()) {
                tell(contract, new Event.MemberFault(contract.contract, Reason.CT_EV_MEMORY));
                contract.membership.markOomKills(kills.getAsLong());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void foundEmpty(Watched contract) {
        lookAtMemory(contract);
        boolean wasInside = contract.seen == Watched.Seen.SOMEBODY || contract.seen == Watched.Seen.NOBODY && contract.record.isPresent();
        if ((wasInside || contract.emptyOwed) && areDeathsHeard(contract)) {
            contract.deaths = Watched.Deaths.UNASKED;
            tell(contract, new Event.ContractEmptied(contract.contract));
            contract.seen = Watched.Seen.EMPTIED;
            contract.emptyOwed = false;
        }
    }

    // That the last process died of a fault must be told before that there is none left; and the kernel says it a moment later.
    private boolean areDeathsHeard(Watched contract) {
        boolean told = faultsTold() != Contracts.Faults.NONE;
        if (contract.deaths == Watched.Deaths.UNASKED && told) {
            contract.deaths = Watched.Deaths.ASKED;
            processes.afterDeaths(() -> news.add(() -> about(contract.contract, this::deathsHeard)));
        }
        return contract.deaths == Watched.Deaths.HEARD || !told;
    }

    private void deathsHeard(Watched contract) {
        if (contract.deaths == Watched.Deaths.ASKED) {
            long now = System.nanoTime();
            Duration patience = patience(contract, now);
            if (patience.isZero()) {
                heard(contract);
            } else {
                contract.deaths = Watched.Deaths.AWAITED;
                contract.awaitedUntil = now + patience.toNanos();
            }
        }
    }

    private void stopAwaiting(Watched contract) {
        if (contract.isAwaitingDeath() && System.nanoTime() - contract.awaitedUntil >= 0) {
            heard(contract);
        }
    }

    private void heard(Watched contract) {
        contract.deaths = Watched.Deaths.HEARD;
        look(contract);
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
            rememberMains(contract);
        });
    }

    private void tell(Watched contract, Event event) {
        sink.accept(new Happening(contract.fmri, event));
    }

    @Override public void close() {
        news.add(() -> closed = true);
        try {
            inotify.close();
            if (thread.isPresent()) {
                thread.get().join(FAREWELL);
            }
            // Last, for it may still ask it something.
            processes.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
