package dev.svc.startd;

import dev.svc.contract.Ending;
import dev.svc.posix.ProcessIdentity;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.ProcessWatch;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Keeper;
import dev.svc.protocol.LastFailure;
import dev.svc.protocol.Members;
import dev.svc.protocol.SvcRoot;
import dev.svc.protocol.UnreachableException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The manager as a background process: begins it with its keeper, asks it how it is, ends it.
final class Background {
    /// What happens to services when the manager ends.
    enum Services {
        LEFT_RUNNING, STOPPED
    }

    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    /// How much longer than the services the manager may take to end.
    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    private final SvcRoot root;
    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    Background(SvcRoot root, Path home, PrintStream out, PrintStream err) {
        this.root = root;
        this.home = home;
        this.out = out;
        this.err = err;
    }

    /// Begins keeper and manager, and waits until the default milestone is reached.
    int begin() {
        try {
            if (answers()) {
                err.println("svc.startd: a manager of " + root + " is running already; see it with: svc.startd --status");
                return Manager.CANNOT_START;
            }
            Path log = root.managerLog();
            Files.createDirectories(log.getParent());
            Files.createDirectories(root.run());
            long mark = Files.exists(log) ? Files.size(log) : 0;
            Process keeper = keeper(log);
            if (!awaitSocket(Optional.of(keeper))) {
                return failed(keeper, log, mark);
            }
            ask("await", JsonLines.object().add("settled", true));
            return status();
        } catch (IOException e) {
            err.println("svc.startd: " + e.getMessage());
            return 1;
        }
    }

    private Process keeper(Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("setsid", home.resolve("lib/svc.keeper").toString(),
                home.resolve("bin/svc.startd").toString(), "--run");
        builder.directory(new File("/"));
        builder.environment().put("SVC_ROOT", root.toString());
        builder.environment().put("SVC_KEEPER", "0");
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    private boolean answers() {
        if (!Files.exists(root.controlSocket())) {
            return false;
        }
        try (var channel = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(root.controlSocket()))) {
            return channel.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /// Waits for a manager that somebody else starts, and until the default milestone is reached.
    int await() {
        try {
            if (!awaitSocket(Optional.empty())) {
                throw UnreachableException.notReady(root, LONGEST_START);
            }
            ask("await", JsonLines.object().add("settled", true));
            return status();
        } catch (IOException e) {
            err.println("svc.startd: " + e.getMessage());
            return 1;
        }
    }

    /// @param keeper nothing answers any more if it ends
    private boolean awaitSocket(Optional<Process> keeper) {
        long until = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (!answers()) {
                TimeUnit.MILLISECONDS.sleep(20);
                if (System.nanoTime() > until || keeper.isPresent() && !keeper.get().isAlive()) {
                    return answers();
                }
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int failed(Process keeper, Path log, long mark) throws IOException {
        String said = "";
        try (var channel = Files.newByteChannel(log, StandardOpenOption.READ)) {
            channel.position(Math.min(mark, channel.size()));
            var bytes = java.nio.ByteBuffer.allocate(64 * 1024);
            channel.read(bytes);
            said = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        }
        err.println(keeper.isAlive()
                ? "svc.startd: the manager of " + root + " does not answer; its log: " + log
                : "svc.startd: the manager of " + root + " could not start; its log: " + log);
        said.lines().filter(l -> l.startsWith("svc.startd: ")).forEach(err::println);
        return keeper.isAlive() ? 1 : keeper.exitValue() == Manager.CANNOT_START ? Manager.CANNOT_START : 1;
    }

    int status() {
        try {
            List<Members> replies = ask("status", JsonLines.object()).replies();
            for (Members reply : replies) {
                if (reply.tryMembers("manager").isPresent()) {
                    print(reply.members("manager"));
                }
            }
            return 0;
        } catch (IOException e) {
            err.println("svc.startd: " + e.getMessage());
            return 1;
        }
    }

    private void print(Members manager) throws IOException {
        out.println("svc.startd: the manager of " + root + " is running, pid " + manager.number("pid") + ": "
                + manager.number("online") + " of " + manager.number("instances") + " instances online; contracts: "
                + (manager.text("contained").equals("cgroup") ? "cgroups" : "fallback (no writable cgroups; weaker containment)"));
        for (String notice : manager.texts("notices")) {
            out.println("svc.startd: " + notice);
        }
    }

    /// Has the manager of this tree take over from the running one, which comes back if this one cannot start.
    int replace() {
        try {
            Members old = manager();
            Optional<ProcessHandle> ending = ProcessHandle.of(old.number("pid"));
            Optional<ProcessHandle> keeper = ending.flatMap(ProcessHandle::parent);
            int status = ask("replace", JsonLines.object().add("home", home.toString())).status();
            if (status != 0) {
                return status;
            }
            haveEnded(ending.flatMap(p -> ProcessStat.of(p.pid())).map(ProcessStat::identity).stream().toList(), Optional.empty());
            Optional<String> failure = awaitSuccessor(keeper);
            Members now = manager();
            print(now);
            if (now.text("home").equals(home.toString())) {
                return 0;
            }
            err.println("svc.startd: the manager of " + home + " could not start" + failure.map(why -> ": " + why).orElse("")
                    + "; that of " + now.text("home") + " is back; see " + root.managerLog());
            return 1;
        } catch (IOException e) {
            err.println("svc.startd: " + e.getMessage());
            return 1;
        }
    }

    /// Waits until a manager answers; yields why one could not start, if that was seen meanwhile. One that does not get ready in time is
    /// killed, so that the keeper goes back to the one before.
    private Optional<String> awaitSuccessor(Optional<ProcessHandle> keeper) {
        Optional<String> failure = Optional.empty();
        long until = System.nanoTime() + LONGEST_START.toNanos();
        boolean killed = false;
        try {
            while (!answers() && System.nanoTime() - until < LONGEST_START.toNanos()) {
                Optional<String> reason = new LastFailure(root).reason();
                failure = reason.isPresent() ? reason : failure;
                if (!killed && System.nanoTime() > until) {
                    killed = true;
                    failure = Optional.of("it was not ready within " + LONGEST_START.toSeconds() + " s");
                    keeper.ifPresent(k -> k.children().forEach(ProcessHandle::destroyForcibly));
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }

    private Members manager() throws IOException {
        for (Members reply : ask("status", JsonLines.object()).replies()) {
            if (reply.tryMembers("manager").isPresent()) {
                return reply.members("manager");
            }
        }
        throw new IOException("the manager of " + root + " does not say how it is");
    }

    /// Ends manager and keeper, and waits until they are gone.
    ///
    /// @param within how long services have to stop, before what is left of them is killed
    int stop(Services services, Optional<Duration> within) {
        var request = JsonLines.object().add("services", services == Services.STOPPED);
        within.ifPresent(span -> request.add("within", span.toSeconds()));
        JsonObject asked = request.build();
        Optional<Duration> limit = within.map(span -> span.plus(LONGEST_END));
        try {
            Kept ending = kept();
            while (true) {
                int status = askToEnd(asked, services, ending);
                if (status != 0) {
                    return status;
                }
                // One that is killed while it stops services has a successor that carries on, and the keeper ends when that has ended.
                List<ProcessIdentity> awaited = services == Services.STOPPED ? ending.both() : ending.manager().stream().toList();
                if (!haveEnded(awaited, limit)) {
                    err.println("svc.startd: the manager of " + root + " has not ended in time; see " + root.managerLog());
                    return 1;
                }
                if (keeperEnds(ending)) {
                    out.println("svc.startd: the manager of " + root + " has ended; services "
                            + (services == Services.STOPPED ? "are stopped" : "go on"));
                    return 0;
                }
                ending = kept();
            }
        } catch (IOException e) {
            err.println("svc.startd: " + e.getMessage());
            return 1;
        }
    }

    /// It may have been killed when it had done as told, before it could say so: then nobody answers any more.
    private int askToEnd(JsonObject request, Services services, Kept ending) throws IOException {
        try {
            return ask("shutdown", JsonLines.object(request)).status();
        } catch (UnreachableException e) {
            boolean done = ending.keeper().isPresent() && switch (services) {
                case LEFT_RUNNING -> ending.both().stream().noneMatch(ProcessIdentity::isAlive);
                case STOPPED -> Ending.last(root).flatMap(Ending::keeper).equals(ending.keeper());
            };
            if (!done) {
                throw e;
            }
            return 0;
        }
    }

    /// Whether the keeper ends, if there is one, rather than bring the manager back: that was killed before it could end.
    private boolean keeperEnds(Kept ending) {
        try {
            while (ending.keeper().filter(ProcessIdentity::isAlive).isPresent()) {
                if (answers()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    // ProcessHandle.onExit would look at those that are no children of ours only every third of a second.
    private static boolean haveEnded(List<ProcessIdentity> ending, Optional<Duration> limit) {
        CountDownLatch ended = new CountDownLatch(ending.size());
        try (ProcessWatch watch = new ProcessWatch()) {
            watch.begin();
            ending.forEach(process -> watch.await(process, _ -> ended.countDown()));
            if (limit.isPresent()) {
                return ended.await(limit.get().toNanos(), TimeUnit.NANOSECONDS);
            }
            ended.await();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The processes that end with the manager.
    ///
    /// @param manager empty if it ended meanwhile
    /// @param keeper its parent, if that is one
    private record Kept(Optional<ProcessIdentity> manager, Optional<ProcessIdentity> keeper) {
        List<ProcessIdentity> both() {
            return Stream.concat(manager.stream(), keeper.stream()).toList();
        }
    }

    private Kept kept() throws IOException {
        Optional<ProcessStat> manager = ProcessStat.of(manager().number("pid"));
        Optional<ProcessIdentity> keeper = new Keeper(root).isAlive()
                ? manager.flatMap(stat -> ProcessStat.of(stat.parent())).map(ProcessStat::identity)
                : Optional.empty();
        return new Kept(manager.map(ProcessStat::identity), keeper);
    }

    private Client.Answer ask(String verb, JsonObjectBuilder members) throws IOException {
        try (Client client = new Client(root)) {
            Client.Answer answer = client.ask(members.add("do", verb));
            for (Members reply : answer.replies()) {
                reply.tryText("error").ifPresent(e -> err.println("svc.startd: " + e));
            }
            return answer;
        }
    }
}
