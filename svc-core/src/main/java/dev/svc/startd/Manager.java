package dev.svc.startd;

import dev.svc.contract.Containment;
import dev.svc.contract.Contracts;
import dev.svc.contract.Ending;
import dev.svc.contract.RootHeldException;
import dev.svc.contract.InstanceLog;
import dev.svc.contract.RootRecord;
import dev.svc.control.ControlServer;
import dev.svc.engine.Adoption;
import dev.svc.engine.Caution;
import dev.svc.engine.Serving;
import dev.svc.engine.WorkMark;
import dev.svc.graph.Milestone;
import dev.svc.posix.OomScore;
import dev.svc.posix.BootClock;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.ProcessStat;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Keeper;
import dev.svc.protocol.LastFailure;
import dev.svc.protocol.NewerVersionException;
import dev.svc.protocol.SvcRoot;
import dev.svc.protocol.Version;
import dev.svc.repository.Disk;
import dev.svc.repository.LocalDisk;
import dev.svc.repository.Place;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The running manager of one root, from the taking of the locks to its end.
public final class Manager {
    private static final System.Logger LOG = System.getLogger(Manager.class.getName());
    /// Starting again would not help: the keeper ends too.
    static final int CANNOT_START = 2;
    private static final int FAILED = 1;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /// How long the engine gets to finish its turn and its commits at SIGTERM.
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final SvcRoot root;
    private final Path home;
    private final int uid;
    private final Adoption.Restarted restarted;
    private final Optional<Milestone> milestone;
    private final Keepers keepers;
    private final LastFailure failure;

    /// What a manager keeps its knowledge in: the disk below its repository, and its contracts as they are wrapped before use.
    ///
    /// @param contracts what is put around those that were opened
    public record Keepers(Disk disk, UnaryOperator<Contracts> contracts) {
        /// The machine's own.
        public static final Keepers OWN = new Keepers(new LocalDisk(), UnaryOperator.identity());
    }

    public Manager(SvcRoot root, Path home, int uid, Adoption.Restarted restarted, Optional<Milestone> milestone, Keepers keepers) {
        this.root = root;
        this.home = home;
        this.uid = uid;
        this.restarted = restarted;
        this.milestone = milestone;
        this.keepers = keepers;
        this.failure = new LastFailure(root);
    }

    /// Runs until the manager is asked to end; yields its exit status.
    public int run() {
        long begun = System.nanoTime();
        ManagerLog.install();
        LOG.log(Level.INFO, "svc.startd " + Version.current() + " begins, pid " + ProcessHandle.current().pid() + ", root " + root);
        OomScore.lower();
        try {
            makeDirectories();
        } catch (IOException e) {
            return cannotStart(root + ": directories cannot be made: " + e);
        }
        try (Contracts contracts = keepers.contracts().apply(contracts())) {
            return run(contracts, begun);
        } catch (RootHeldException e) {
            System.err.println("svc.startd: " + e.getMessage());
            return CANNOT_START;
        } catch (NewerVersionException e) {
            return cannotStart(e.getMessage() + "; nothing was touched");
        } catch (IOException e) {
            LOG.log(Level.ERROR, "cannot go on: " + e.getMessage(), e);
            failure.leave(e.getMessage());
            return FAILED;
        } catch (RuntimeException | Error e) {
            failure.leave("by an error of its own: " + e);
            throw e;
        }
    }

    /// A manager that lost its keeper (systemd spares it when it restarts the unit) makes room for one that has one.
    private Contracts contracts() throws IOException {
        try {
            return Containment.open(root, home);
        } catch (RootHeldException e) {
            if (!isKept() || new Keeper(root).isAlive() || !holderEnds()) {
                throw e;
            }
        }
        long until = System.nanoTime() + GRACE.toNanos();
        while (true) {
            try {
                return Containment.open(root, home);
            } catch (RootHeldException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
            }
        }
    }

    private boolean holderEnds() {
        try (Client client = new Client(root)) {
            LOG.log(Level.INFO, "another manager holds the root and has no keeper any more: it is asked to end");
            return client.ask(JsonLines.object().add("do", "shutdown").add("services", false)).status() == 0;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the manager that holds the root does not end: " + e.getMessage());
            return false;
        }
    }

    private static boolean isKept() { return System.getenv("SVC_KEEPER") != null; }

    /// Says why, in the log and to the next command.
    private int cannotStart(String why) {
        System.err.println("svc.startd: " + why);
        failure.leave(why);
        return CANNOT_START;
    }

    private int run(Contracts contracts, long begun) throws IOException {
        Optional<ProcessIdentity> keeper = keeper();
        Optional<Ending> ending = Ending.last(root);
        if (keeper.isPresent() && ending.map(Ending::keeper).equals(Optional.of(keeper))) {
            LOG.log(Level.INFO, "everything was stopped, and the manager killed before it ended: so it does now");
            return end(contracts, contracts.root(), ending.get());
        }
        // Before anything that may take long: whoever asks meanwhile waits.
        recordKeeper(keeper);
        ManifestFolders manifests = new ManifestFolders(List.of(home.resolve("share/manifest"), root.path().resolve("lib/svc/manifest"),
                root.path().resolve("var/svc/manifest")), uid);
        Map<String, String> environment = Map.of("SVC_HOME", home.toString(), "SVC_ROOT", root.toString());
        Path mark = root.run().resolve("working");
        Optional<Caution> caution = Caution.after(quickDeaths(), WorkMark.left(mark));
        Adoption.Setting setting = new Adoption.Setting(contracts, Place.below(root.state(), keepers.disk()),
                new InstanceLog(root, ZoneId.systemDefault())::append,
                manifests::imports, environment, uid, restarted, milestone, WorkMark.in(mark));
        Serving engine = caution.isPresent() ? Adoption.lookOn(setting, caution.get()) : Adoption.begin(setting);
        Thread hook = Thread.ofPlatform().name("sigterm").unstarted(() -> terminated(engine));
        Runtime.getRuntime().addShutdownHook(hook);
        awaitFirstTurn(engine);
        int status = serve(engine, contracts, begun);
        forgo(hook);
        Optional<RootRecord> last = engine.stoppedAll();
        if (last.isPresent()) {
            return end(contracts, last.get(), new Ending(keeper, status));
        }
        LOG.log(Level.INFO, "svc.startd ends with status " + status);
        return status;
    }

    private static int end(Contracts contracts, RootRecord last, Ending ending) {
        try {
            contracts.endBoot(last, ending);
        } catch (IOException e) {
            // The root's record still says that all is stopped in order to end.
            LOG.log(Level.WARNING, "what lives as long as the boot cannot be forgotten: " + e);
        }
        LOG.log(Level.INFO, "svc.startd ends with status " + ending.status() + ", all services are stopped");
        return ending.status();
    }

    /// The keeper counts them.
    private static int quickDeaths() {
        String count = System.getenv().getOrDefault("SVC_QUICK_DEATHS", "0");
        return count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 0;
    }

    private int serve(Serving engine, Contracts contracts, long begun) throws IOException {
        try (ControlServer _ = ControlServer.open(root, engine, uid, ControlServer.Limits.DEFAULT)) {
            failure.forget();
            Files.deleteIfExists(root.run().resolve("successor"));
            LOG.log(Level.INFO, "adopted in " + (System.nanoTime() - begun) / 1_000_000 + " ms, "
                    + sinceStart() + " ms after exec; " + containment(contracts));
            return engine.awaitEnd();
        }
    }

    private static String containment(Contracts contracts) {
        return switch (contracts.containment()) {
            case CGROUP -> "contracts are cgroups";
            case FALLBACK -> "contracts are locks and scans: no cgroup may be written here, containment is weaker";
        };
    }

    private static void awaitFirstTurn(Serving engine) {
        try {
            while (engine.published().version() == 0 && !engine.hasEnded()) {
                engine.awaitNewer(0, Duration.ofSeconds(1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The hook is for a signal; at an end of our own it would hide the exit status.
    private static void forgo(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The signal came: it is at work, and ends us.
        }
    }

    /// SIGTERM ends the manager, not the services.
    private static void terminated(Serving engine) {
        engine.terminate();
        engine.awaitEnd(GRACE);
        Runtime.getRuntime().halt(0);
    }

    private void makeDirectories() throws IOException {
        Files.createDirectories(root.run());
        // Where these cannot be made, or are read-only, the configuration lives in memory and logs are written below run.
        trying(root.logs(), () -> Files.createDirectories(root.logs()));
        trying(root.state(), () -> {
            Files.createDirectories(root.state());
            if (!Files.getPosixFilePermissions(root.state()).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(root.state(), OWNER_ONLY);
            }
        });
    }

    private static void trying(Path directory, Making making) {
        try {
            making.run();
        } catch (IOException e) {
            LOG.log(Level.WARNING, directory + ": cannot be made as it should be: " + e);
        }
    }

    /// Something that a file system may refuse.
    private interface Making {
        void run() throws IOException;
    }

    /// Who starts us again.
    private static Optional<ProcessIdentity> keeper() {
        return isKept()
                ? ProcessHandle.current().parent().flatMap(parent -> ProcessStat.of(parent.pid())).map(ProcessStat::identity)
                : Optional.empty();
    }

    /// Commands wait for a manager whose keeper lives; so they must know the keeper.
    private void recordKeeper(Optional<ProcessIdentity> keeper) throws IOException {
        Path file = root.run().resolve("keeper.pid");
        if (keeper.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path fresh = root.run().resolve("keeper.pid.new");
        Files.writeString(fresh, keeper.get().pid() + " " + keeper.get().startTicks() + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// How long ago this process was made, in milliseconds, its shell wrapper included.
    private static long sinceStart() throws IOException {
        return BootClock.read().millisecondsSince(ProcessStat.of(ProcessHandle.current().pid()).orElseThrow().startTicks());
    }
}
