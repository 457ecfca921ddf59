package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.svc.contract.Contracts.Containment;
import dev.svc.contract.Contracts.Happening;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.MethodContext;
import dev.svc.posix.Credentials;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A root in a directory of its own with real contracts; closing it kills what is left and removes everything.
final class Bench implements AutoCloseable {
    static final InstanceFmri WEB = new InstanceFmri("site/web", "default");

    private static final long PATIENCE_SECONDS = 20;

    private static final CgroupPlaces NOWHERE = CgroupPlaces.of("", "");

    final SvcRoot root;
    final Path home;
    private final Containment containment;
    private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final List<Happening> passed = new ArrayList<>();
    /// Contracts of which the next happening is not taken but breaks whoever tells it.
    final Set<ContractId> breaking = ConcurrentHashMap.newKeySet();
    /// Whoever tells the exit of one of these contracts does nothing else until the latch is open.
    final Map<ContractId, CountDownLatch> holding = new ConcurrentHashMap<>();
    Contracts contracts;

    Bench() throws IOException {
        this(Containment.CGROUP);
    }

    Bench(Containment containment) throws IOException {
        this.containment = containment;
        assumeTrue(containment == Containment.FALLBACK || areCgroupsPromised() || areCgroupsUsable());
        Path directory = Files.createTempDirectory("svc-contract");
        this.root = new SvcRoot(directory.resolve("root"));
        this.home = directory.resolve("home");
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(root.logs());
        Files.createSymbolicLink(home.resolve("lib/svc.launch"), Path.of("src/main/sh/svc.launch").toAbsolutePath());
    }

    // Where they are promised, a test that needs them fails and is not skipped.
    private static boolean areCgroupsPromised() throws IOException {
        return "1".equals(System.getenv("SVC_CI_CGROUPS"))
                || Credentials.own().isRoot() && CgroupPlaces.here().candidates().stream().anyMatch(Files::isWritable);
    }

    private static boolean areCgroupsUsable() throws IOException {
        Optional<Path> trial = CgroupPlaces.here().find("svc-trial-" + ProcessHandle.current().pid());
        if (trial.isPresent()) {
            Files.delete(trial.get());
        }
        return trial.isPresent();
    }

    /// Opens the contracts as the first manager, or as a successor.
    List<Found> open() throws IOException {
        contracts = dev.svc.contract.Containment.open(root, home, containment == Containment.CGROUP ? CgroupPlaces.here() : NOWHERE);
        assertEquals(containment, contracts.containment());
        return contracts.surveyAndWatch(this::happened);
    }

    private void happened(Happening happening) {
        if (happening.event() instanceof Event.MethodExited(var contract, _) && breaking.remove(contract)) {
            throw new IllegalStateException("as a test has it: " + happening);
        }
        happenings.add(happening);
        if (happening.event() instanceof Event.MethodExited(var contract, _) && holding.containsKey(contract)) {
            try {
                holding.get(contract).await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Makes a contract and launches `command` in it.
    ContractId run(long contract, String command) throws Exception {
        ContractId id = new ContractId(contract);
        contracts.create(WEB, id);
        contracts.launch(launch(id, command));
        return id;
    }

    /// Launches `command` in a contract from a thread of its own, as the engine does.
    CompletableFuture<Void> launchAside(ContractId contract, String command) {
        CompletableFuture<Void> launched = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                contracts.launch(launch(contract, command));
                launched.complete(null);
            } catch (LaunchException | RuntimeException e) {
                launched.completeExceptionally(e);
            }
        });
        return launched;
    }

    Launch launch(ContractId contract, String command) {
        return launch(contract, command, NO_CONTEXT);
    }

    static final MethodContext NO_CONTEXT = new MethodContext(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    Launch launch(ContractId contract, String command, MethodContext context) {
        return new Launch(WEB, contract, "start", command, context, Map.of("SMF_FMRI", WEB.toString(), "SMF_METHOD", "start"));
    }

    /// The next happening; fails if there is none for long.
    Event next() throws InterruptedException {
        Happening happening = happenings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (happening == null) {
            throw new AssertionError("nothing happened; before: " + passed);
        }
        passed.add(happening);
        return happening.event();
    }

    /// The next happening that is wanted; others are passed over.
    Event await(Predicate<Event> wanted) throws InterruptedException {
        while (true) {
            Event event = next();
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    /// Waits until the processes of a contract are those commands.
    void awaitMembers(ContractId contract, String... commands) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<String> members;
        do {
            members = contracts.members(WEB, contract).stream().map(Contracts.Member::command).toList();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("members are " + members + ", not " + List.of(commands));
            }
            Thread.onSpinWait();
        } while (!members.equals(List.of(commands)));
    }

    /// Waits until no launcher is left.
    void awaitChildren() {
        ProcessHandle.current().children().forEach(child -> child.onExit().join());
    }

    String log() throws IOException {
        Path log = root.log(WEB);
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /// Where the contracts are cgroups: the root group.
    Path group() throws IOException {
        return BootRecord.read(root.run()).flatMap(BootRecord::group).orElseThrow();
    }

    /// All copies of the label of [#WEB] and of the root's record.
    void loseLabelsAndRoot() throws IOException {
        Files.delete(root.run().resolve("label/site%web:default"));
        Files.delete(root.run().resolve("root"));
        if (containment == Containment.CGROUP) {
            new Cgroup(group().resolve("site/web:default")).setAttribute("svc.label", new byte[]{'{', '}'});
            new Cgroup(group()).removeAttribute("svc.root");
        }
    }

    @Override public void close() throws IOException {
        holding.values().forEach(CountDownLatch::countDown);
        if (contracts != null && containment == Containment.FALLBACK) {
            killAll();
        }
        Optional<Path> group = BootRecord.read(root.run()).flatMap(BootRecord::group);
        if (contracts != null) {
            contracts.close();
        }
        if (group.isPresent() && Files.isDirectory(group.get())) {
            remove(new Cgroup(group.get()));
        }
        try (Stream<Path> tree = Files.walk(home.getParent())) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /// Closes the contracts as if the manager had died; what runs goes on.
    void abandon() {
        contracts.close();
        happenings.clear();
    }

    /// Closes the contracts and writes down that this was another boot.
    void pretendAnotherBoot() throws IOException {
        abandon();
        BootIdentity other = new BootIdentity("other", 1);
        BootRecord record = BootRecord.read(root.run()).orElseThrow();
        new BootRecord(other, record.group()).write(root.run());
    }

    Contracts openSecond() throws IOException {
        return dev.svc.contract.Containment.open(root, home, NOWHERE);
    }

    private void killAll() throws IOException {
        for (ContractId contract : new RunDirectory(root.run()).contracts().all().keySet()) {
            contracts.kill(WEB, contract);
        }
    }

    private static void remove(Cgroup group) throws IOException {
        group.kill();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!group.remove() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
