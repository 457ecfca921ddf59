package dev.svc.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A container of the plainest kind: PID, mount, network and cgroup namespaces of its own, with `/run`, `/var` and `/tmp` of its own and
/// the machine's other files. Closing it kills whatever is in it.
final class Container implements AutoCloseable {
    /// Where the install tree is seen inside.
    static final Path TREE = Path.of("/srv");

    private final Path files = Files.createTempDirectory("svc-it-");
    private final Path output = files.resolve("output");
    private final Path group;
    private Process process;

    Container() throws IOException {
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String directory : List.of("run", "var/svc/manifest", "var/trace")) {
            Files.createDirectories(files.resolve(directory));
        }
        group = Files.createDirectory(cgroups().resolve(files.getFileName()));
    }

    private static Path cgroups() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(" - cgroup2 ")) {
                return Path.of(line.split(" ")[4]);
            }
        }
        throw new IOException("cgroup2 is not mounted");
    }

    /// Begins the container with `words` as its PID 1.
    void run(String... words) throws IOException {
        String prepare = """
                set -e
                mount --make-rprivate /
                ip link set lo up
                mount --bind '%s' '%s'
                mount --bind '%s/run' /run
                mount --bind '%s/var' /var
                mount -t tmpfs none /tmp
                umount -l '%s'
                mount -t cgroup2 none '%s'
                exec "$@"
                """.formatted(Site.TREE.toRealPath(), TREE, files, files, cgroups(), cgroups());
        // A build in the background has INT ignored, and a shell cannot trap what it was born ignoring.
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal=INT", "sh", "-c", "echo 0 >" + group + "/cgroup.procs && exec \"$@\"", "sh", "unshare",
                        "--cgroup", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", prepare, "sh"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        process = builder.start();
    }

    /// Runs a command of the install tree inside; yields what it said.
    Site.Result svc(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(TREE.resolve("bin").resolve(command).toString()));
        words.addAll(List.of(arguments));
        return inside(words);
    }

    Site.Result inside(List<String> words) {
        Optional<ProcessHandle> init = init();
        if (init.isEmpty()) {
            return new Site.Result(-1, "", "there is no container");
        }
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(init.get().pid()), "-m", "-p", "-n", "-C"));
        all.addAll(words);
        try {
            ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            Process entered = builder.start();
            String said = new String(entered.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Site.Result(entered.waitFor(), said, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Its PID 1, as the machine sees it.
    Optional<ProcessHandle> init() {
        return process.children().filter(ProcessHandle::isAlive).findFirst();
    }

    /// Sends a signal to its PID 1.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(init().orElseThrow().pid())).start().waitFor();
    }

    /// Waits until its PID 1 has ended; yields the status.
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(Site.LONG.multipliedBy(2).toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the container does not end; " + said());
        }
        return process.exitValue();
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Site.LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until || !process.isAlive()) {
                throw new AssertionError(what + ": not within " + Site.LONG.toSeconds() + " s; " + svc("svcs", "-a").out() + said());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// What was said by all that is inside and has no other place for it.
    String said() {
        return text("output");
    }

    /// The content of a file below `/run` or `/var` of the container; empty if there is none.
    String text(String relative) {
        try (BufferedReader reader = Files.newBufferedReader(files.resolve(relative))) {
            return reader.readAllAsString();
        } catch (IOException _) {
            return "";
        }
    }

    void write(String relative, String text) throws IOException {
        Files.writeString(files.resolve(relative), text);
    }

    @Override public void close() throws IOException {
        if (process != null) {
            process.destroyForcibly();
        }
        Files.writeString(group.resolve("cgroup.kill"), "1");
        Site.awaitEmpty(group);
        Site.removeGroups(group);
        Site.deleteTree(files);
    }
}
