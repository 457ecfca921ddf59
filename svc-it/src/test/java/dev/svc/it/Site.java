package dev.svc.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A root of its own, with the installed commands run on it. Closing it ends everything that was started in it.
final class Site implements AutoCloseable {
    /// Longest that anything here takes on a slow machine.
    static final Duration LONG = Duration.ofSeconds(60);

    static final Path TREE = Path.of(System.getProperty("svc.tree"));

    /// What a command did.
    record Result(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private final Path root;
    private final int uid;
    private final List<String> prefix;
    private final Optional<Path> delegated;

    private Site(Path root, int uid, List<String> prefix, Optional<Path> delegated) {
        this.root = root;
        this.uid = uid;
        this.prefix = prefix;
        this.delegated = delegated;
    }

    /// A root in which nothing is enabled but the system's own groupings.
    static Site create() throws IOException {
        Site site = ofOurs(directory());
        site.withoutExample();
        return site;
    }

    /// A root in which the example application is enabled, as shipped.
    static Site withExample() throws IOException {
        return ofOurs(directory());
    }

    private static Site ofOurs(Path root) throws IOException {
        return new Site(root, (Integer) Files.getAttribute(root, "unix:uid"), List.of(), Optional.empty());
    }

    private static Path directory() throws IOException {
        Path root = Files.createTempDirectory("svc-it-");
        // Daemons that give up root must find their files.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return root;
    }

    /// Only one example at a time can have its port; and it is not what is tested here.
    void withoutExample() throws IOException {
        Path folder = directory("lib/svc/manifest");
        String disabled = "  <service name='example/%s' type='service' version='1'>\n    <create_default_instance enabled='false'/>\n  </service>";
        Files.writeString(folder.resolve("example.xml"), bundle(disabled.formatted("web"), disabled.formatted("backend"),
                disabled.formatted("data")));
    }

    /// A root whose manager and services are in a network of their own, where the kernel does not tell how processes die.
    static Site inOwnNetwork() throws IOException {
        Path root = directory();
        Site site = new Site(root, 0, List.of("unshare", "--net"), Optional.empty());
        site.withoutExample();
        return site;
    }

    /// A root that belongs to another user; commands are run as that user.
    static Site of(int uid) throws IOException {
        Path root = directory();
        give(root, uid);
        return new Site(root, uid, becoming(uid), Optional.empty());
    }

    /// A root in which nothing is enabled, of another user who has a cgroup of his own; commands are run as that user, inside it.
    static Site delegatedTo(int uid) throws IOException {
        Path root = directory();
        give(root, uid);
        Path group = cgroups().resolve(root.getFileName());
        Files.createDirectory(group);
        // What cgroups(7) says is to be given away with a subtree.
        for (String file : List.of("", "cgroup.procs", "cgroup.subtree_control", "cgroup.threads")) {
            give(group.resolve(file), uid);
        }
        List<String> prefix = new ArrayList<>(
                List.of("/bin/sh", "-c", "echo 0 >\"$0\"; exec \"$@\"", group.resolve("cgroup.procs").toString()));
        prefix.addAll(becoming(uid));
        Site site = new Site(root, uid, prefix, Optional.of(group));
        site.withoutExample();
        return site;
    }

    private static List<String> becoming(int uid) {
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
    }

    private static void give(Path file, int uid) throws IOException {
        Files.setAttribute(file, "unix:uid", uid);
        Files.setAttribute(file, "unix:gid", uid);
    }

    /// Where cgroup v2 is.
    private static Path cgroups() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(" - cgroup2 ")) {
                return Path.of(line.split(" ")[4]);
            }
        }
        throw new IOException("cgroup v2 is not mounted");
    }

    /// A directory below the root, which belongs to whom the root belongs to; it is made if need be.
    Path directory(String relative) throws IOException {
        Path directory = root;
        for (Path name : Path.of(relative)) {
            directory = directory.resolve(name);
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
                give(directory, uid);
            }
        }
        return directory;
    }

    Path root() {
        return root;
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    /// Runs an installed command.
    Result svc(String command, String... arguments) {
        return at(TREE, command, arguments);
    }

    /// Runs a command of another install tree.
    Result at(Path tree, String command, String... arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(tree.resolve("bin").resolve(command).toString());
        words.addAll(List.of(arguments));
        return run(words);
    }

    /// Runs any command, with the environment of an installed one.
    Result command(String... words) {
        return run(List.of(words));
    }

    /// Runs an installed command that must succeed and say nothing on standard error; yields its output.
    String ok(String command, String... arguments) {
        Result result = svc(command, arguments);
        String what = command + " " + String.join(" ", arguments);
        if (result.status() != 0 || !result.err().isEmpty()) {
            throw new AssertionError(what + ": status " + result.status() + "; " + result.err() + result.out());
        }
        return result.out();
    }

    private Result run(List<String> words) {
        try {
            Path out = Files.createTempFile("svc-it-", ".out");
            Path err = Files.createTempFile("svc-it-", ".err");
            ProcessBuilder builder = new ProcessBuilder(words);
            setEnvironment(builder.environment());
            builder.redirectInput(new File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
            Process process = builder.start();
            if (!process.waitFor(LONG.multipliedBy(3).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end; it said: " + Files.readString(out) + Files.readString(err));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void setEnvironment(Map<String, String> environment) {
        environment.clear();
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("SVC_ROOT", root.toString());
        environment.put("LC_ALL", "C");
    }

    /// Starts manager and keeper; yields what was said.
    String start() {
        Result result = svc("svc.startd", "--daemon");
        if (result.status() != 0) {
            throw new AssertionError("svc.startd --daemon: status " + result.status() + "; " + result.out() + result.err() + managerLog());
        }
        return result.out();
    }

    /// Starts a manager that a loop keeps, without the pauses and the caution of svc.keeper: for tests that kill it faster than anybody
    /// would in earnest. `daemon` is what it runs.
    void startKept(Path daemon) throws IOException {
        startKept(daemon, 1);
    }

    /// The same with one that is brought back although it has ended as asked, all but the last of `endings` times: as if it had been killed
    /// in its last instant.
    void startKept(Path daemon, int endings) throws IOException {
        Path loop = directory("bin").resolve("loop");
        Files.writeString(loop, """
                #!/bin/sh
                endings=%d
                while :; do
                    SVC_KEEPER=1 "$@"
                    case $? in 0 | 2) endings=$((endings - 1)) ;; esac
                    [ "$endings" -gt 0 ] || exit
                done
                """.formatted(endings));
        directory("var/svc/log");
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of("setsid", "/bin/sh", loop.toString(), daemon.toString(), "--run"));
        ProcessBuilder builder = new ProcessBuilder(words);
        setEnvironment(builder.environment());
        Path log = path("var/svc/log/svc.startd.log");
        if (!Files.exists(log)) {
            give(Files.createFile(log), uid);
        }
        builder.redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.start();
        await("a manager", () -> keeper().isPresent() && answers());
    }

    void startKept() throws IOException {
        startKept(TREE.resolve("bin/svc.startd"));
    }

    /// Whether a manager takes connections.
    boolean answers() {
        try (var channel = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(path("run/svc/control.sock")))) {
            return channel.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    String managerLog() {
        return text("var/svc/log/svc.startd.log");
    }

    String log(String name) {
        return text("var/svc/log/" + name + ".log");
    }

    /// The content of a file below the root; empty if there is none.
    String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException _) {
            return "";
        }
    }

    void write(String relative, String text) throws IOException {
        Path file = path(relative);
        directory(root.relativize(file.getParent()).toString());
        Files.writeString(file, text);
    }

    /// Imports a bundle of these services.
    void bring(String... services) throws IOException {
        Path file = Files.createTempFile(root, "bundle-", ".xml");
        give(file, uid);
        Files.writeString(file, bundle(services));
        ok("svccfg", "import", file.toString());
        Files.delete(file);
    }

    static String bundle(String... services) {
        return """
                <?xml version='1.0'?>
                <!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>
                <service_bundle type='manifest' name='test'>
                %s
                </service_bundle>
                """.formatted(String.join("\n", services));
    }

    String state(String fmri) {
        return svc("svcs", "-Ho", "state", fmri).out().strip();
    }

    void awaitState(String fmri, String state) {
        await(fmri + " " + state, () -> state(fmri).equals(state));
    }

    /// Waits for a condition that no command can wait for.
    void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(what + ": not within " + LONG.toSeconds() + " s\n" + svc("svcs", "-a").out()
                        + svc("svcs", "-x").out() + managerLog());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /// The pids of an instance's processes.
    List<Long> pids(String fmri) {
        return svc("svcs", "-Hp", fmri).lines().stream().skip(1).map(l -> l.strip().split("\\s+")).map(w -> Long.parseLong(w[1])).toList();
    }

    /// The manager, by the keeper it is a child of.
    Optional<ProcessHandle> manager() {
        return keeper().flatMap(k -> k.children().filter(Site::isRunning).findFirst());
    }

    Optional<ProcessHandle> keeper() {
        String text = text("run/svc/keeper.pid").strip();
        return text.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(text.substring(0, text.indexOf(' ')))).filter(Site::isRunning);
    }

    /// Managers of this root, whoever their parent is: one whose keeper was killed belongs to init.
    List<ProcessHandle> orphanedManagers() {
        return ProcessHandle.allProcesses().filter(p -> {
            try {
                Path process = Path.of("/proc", String.valueOf(p.pid()));
                return Files.readString(process.resolve("cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains("\0dev.svc.startd.")
                        && Files.readString(process.resolve("environ"), java.nio.charset.StandardCharsets.ISO_8859_1)
                                .contains("SVC_ROOT=" + root + "\0");
            } catch (IOException _) {
                return false;
            }
        }).toList();
    }

    /// Pids of the launchers that write to a log.
    static List<Long> launchers(Path log) {
        return ProcessHandle.allProcesses().filter(p -> p.info().arguments().filter(words -> words.length > 5
                && words[0].endsWith("/svc.launch") && words[5].equals(log.toString())).isPresent()).map(ProcessHandle::pid).toList();
    }

    /// SIGKILL to the manager, once there is one; the keeper brings it back.
    void killManager() {
        AtomicReference<ProcessHandle> manager = new AtomicReference<>();
        await("a manager to kill", () -> {
            manager().ifPresent(manager::set);
            return manager.get() != null;
        });
        kill(manager.get());
    }

    /// SIGKILL; waits until the process has ended.
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        ended(process);
    }

    /// Waits until the process has ended. ([ProcessHandle#onExit] waits until its parent has noticed, which some inits do after seconds,
    /// and looks three times a second.)
    static void ended(ProcessHandle process) {
        try {
            while (isRunning(process)) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean isRunning(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            return process.isAlive() && !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }

    @Override public void close() throws IOException {
        if (keeper().isPresent()) {
            svc("svc.startd", "--stop-all");
        }
        keeper().ifPresent(k -> {
            k.destroyForcibly();
            k.children().forEach(ProcessHandle::destroyForcibly);
        });
        for (Path group : groups()) {
            Files.writeString(group.resolve("cgroup.kill"), "1");
            awaitEmpty(group);
            removeGroups(group);
        }
        if (delegated.isPresent()) {
            Files.delete(delegated.get());
        }
        deleteTree(root);
    }

    /// The cgroup of this root, if it exists.
    List<Path> groups() throws IOException {
        Path group = delegated.orElse(cgroups()).resolve(new dev.svc.protocol.SvcRoot(root).groupName());
        return Files.isDirectory(group) ? List.of(group) : List.of();
    }

    static void awaitEmpty(Path group) throws IOException {
        long until = System.nanoTime() + LONG.toNanos();
        while (!Files.readString(group.resolve("cgroup.events")).contains("populated 0")) {
            if (System.nanoTime() > until) {
                throw new AssertionError(group + ": not empty within " + LONG.toSeconds() + " s");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    static void removeGroups(Path group) throws IOException {
        try (Stream<Path> children = Files.list(group)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                removeGroups(child);
            }
        }
        Files.delete(group);
    }

    static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
