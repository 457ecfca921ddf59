package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    private final List<String> prefix;

    private Site(Path root, List<String> prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /// A root in which nothing is enabled but the system's own groupings.
    static Site create() throws IOException {
        Site site = new Site(directory(), List.of());
        site.withoutExample();
        return site;
    }

    /// A root in which the example application is enabled, as shipped.
    static Site withExample() throws IOException {
        return new Site(directory(), List.of());
    }

    private static Path directory() throws IOException {
        Path root = Files.createTempDirectory("svc-it-");
        // Daemons that give up root must find their files.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return root;
    }

    /// Only one example at a time can have its port; and it is not what is tested here.
    private void withoutExample() throws IOException {
        Path folder = path("lib/svc/manifest");
        Files.createDirectories(folder);
        String disabled = "  <service name='example/%s' type='service' version='1'>\n    <create_default_instance enabled='false'/>\n  </service>";
        Files.writeString(folder.resolve("example.xml"), bundle(disabled.formatted("web"), disabled.formatted("backend"),
                disabled.formatted("data")));
    }

    /// A root that belongs to another user; commands are run as that user.
    static Site of(int uid) throws IOException {
        Path root = directory();
        Files.setAttribute(root, "unix:uid", uid);
        Files.setAttribute(root, "unix:gid", uid);
        return new Site(root, List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
    }

    Path root() {
        return root;
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    /// Runs an installed command.
    Result svc(String command, String... arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(TREE.resolve("bin").resolve(command).toString());
        words.addAll(List.of(arguments));
        return run(words);
    }

    /// Runs an installed command that must succeed and say nothing on standard error; yields its output.
    String ok(String command, String... arguments) {
        Result result = svc(command, arguments);
        String what = command + " " + String.join(" ", arguments);
        assertEquals("", result.err(), what + ": standard error");
        assertEquals(0, result.status(), what + ": status; output: " + result.out());
        return result.out();
    }

    private Result run(List<String> words) {
        try {
            Path out = Files.createTempFile("svc-it-", ".out");
            Path err = Files.createTempFile("svc-it-", ".err");
            ProcessBuilder builder = new ProcessBuilder(words);
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            environment.put("SVC_ROOT", root.toString());
            environment.put("LC_ALL", "C");
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

    /// Starts manager and keeper; yields what was said.
    String start() {
        Result result = svc("svc.startd", "--daemon");
        assertEquals(0, result.status(), () -> result.out() + result.err() + "\n" + managerLog());
        return result.out();
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
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// Imports a bundle of these services.
    void bring(String... services) throws IOException {
        Path file = Files.createTempFile(root, "bundle-", ".xml");
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
        return keeper().flatMap(k -> k.children().filter(ProcessHandle::isAlive).findFirst());
    }

    Optional<ProcessHandle> keeper() {
        String text = text("run/svc/keeper.pid").strip();
        return text.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(text.substring(0, text.indexOf(' ')))).filter(ProcessHandle::isAlive);
    }

    /// SIGKILL to the manager; the keeper brings it back.
    void killManager() {
        ProcessHandle manager = manager().orElseThrow(() -> new AssertionError("no manager: " + managerLog()));
        manager.destroyForcibly();
        manager.onExit().join();
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
        deleteTree(root);
    }

    /// The cgroup of this root, if it exists.
    private List<Path> groups() throws IOException {
        String name = new dev.svc.protocol.SvcRoot(root).groupName();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(" - cgroup2 ")) {
                Path group = Path.of(line.split(" ")[4], name);
                return Files.isDirectory(group) ? List.of(group) : List.of();
            }
        }
        return List.of();
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
