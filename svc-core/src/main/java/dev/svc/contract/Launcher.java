package dev.svc.contract;

import dev.svc.posix.Credentials;
import dev.svc.posix.HeldProcess;
import dev.svc.posix.Inherited;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.Signal;
import dev.svc.posix.Spawner;
import dev.svc.posix.Spawner.Spawned;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Spawns launchers: the script `svc.launch`, each in a session of its own, with nothing leading back to us.
final class Launcher {
    /// The launcher's exit status when the contract it should join was revoked.
    static final int NOT_JOINED = 75;

    /// What the script traps; any other signal would end it.
    private static final Set<String> TRAPPED = Set.of("HUP", "INT", "QUIT", "USR1", "USR2", "ALRM", "TERM", "PIPE", "TSTP", "TTIN", "TTOU",
            "VTALRM", "PROF", "XCPU", "XFSZ");

    private static final String SCRIPT = "svc.launch";

    private final SvcRoot root;
    private final ExitRecords exits;
    private final Path script;
    private final Tools tools;
    private final Credentials own;
    private final Inherited inherited;
    private final InstanceLog log;
    private final Set<String> complained = ConcurrentHashMap.newKeySet();
    private final FutureTask<Spawner> spawner = new FutureTask<>(Spawner::best);

    /// @param home the install tree, which has `lib/svc.launch`
    Launcher(SvcRoot root, ExitRecords exits, Path home, InstanceLog log) throws IOException {
        this.root = root;
        this.exits = exits;
        this.script = home.resolve("lib").resolve(SCRIPT);
        this.tools = Tools.find();
        this.own = Credentials.own();
        this.inherited = Inherited.fromParent();
        this.log = log;
    }

    /// Spawns the launcher of a method.
    ///
    /// @throws LaunchException if the method context cannot be had, or the system refuses a process
    Spawned spawn(Launch launch, LaunchPlace place) throws LaunchException {
        MethodCommand command = MethodCommand.of(launch, tools, own);
        Instant now = Instant.now();
        // Once is enough: they would be the same at each start.
        command.complaints().stream().filter(line -> complained.add(launch.fmri() + " " + line))
                .forEach(line -> log.append(launch.fmri(), now, line));
        try {
            return spawner().spawn(words(launch, place, command), command.environment());
        } catch (IOException e) {
            throw new LaunchException("svc.startd could not spawn the method's launcher: " + e.getMessage(), Severity.RETRYABLE);
        }
    }

    /// Gets ready to spawn, and to signal, which takes a while, on a thread of its own: the engine must not wait for it.
    void prepare() {
        Thread.ofPlatform().name("svc-spawner").daemon().start(() -> {
            spawner.run();
            HeldProcess.prepare();
        });
    }

    private Spawner spawner() throws LaunchException {
        spawner.run();
        try {
            return spawner.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LaunchException("svc.startd was interrupted before it could spawn the method's launcher", Severity.RETRYABLE);
        }
    }

    /// Whether the process of that pid is the launcher of `contract`, of this version or any other.
    static boolean isLauncher(long pid, ContractId contract) {
        List<String> words = ProcessStat.commandLine(pid);
        for (int i = 0; i + 1 < words.size() && i < 3; i++) {
            if (words.get(i).endsWith("/" + SCRIPT)) {
                return words.get(i + 1).equals(contract.toString());
            }
        }
        return false;
    }

    /// Those of `pids` that may be sent `signal`: not the launcher of `contract`, if it would not survive.
    static List<Long> without(List<Long> pids, ContractId contract, Signal signal) {
        return TRAPPED.contains(signal.name()) ? pids : pids.stream().filter(pid -> !isLauncher(pid, contract)).toList();
    }

    private List<String> words(Launch launch, LaunchPlace place, MethodCommand command) {
        String name = SvcRoot.logName(launch.fmri());
        List<String> words = new ArrayList<>(List.of(
                tools.sh().toString(),
                script.toString(),
                place.contract().toString(),
                place.path().toString(),
                place.mode() == LaunchPlace.Mode.CGROUP ? "cgroup" : "lock",
                exits.directory().toString(),
                root.log(launch.fmri()).toString(),
                root.run().resolve("log").resolve(name).toString(),
                inherited.oomScore().orElse(""),
                inherited.openFiles().orElse("")));
        words.addAll(command.words());
        return words;
    }
}
