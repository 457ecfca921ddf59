package dev.svc.command;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.LineReader;
import dev.svc.protocol.SvcRoot;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A manager on a real socket that answers each request with the lines it was given for it, and keeps the requests.
public final class CannedManager implements AutoCloseable {
    public static final String GREETING = "{\"svc\":1,\"state\":\"running\",\"version\":\"0.1.0\",\"pid\":1,\"root\":\"/\"}";
    /// In place of a greeting or a line: the connection is closed.
    public static final String HANG_UP = "";

    private final Path root;
    private final ServerSocketChannel server;
    private final Deque<List<String>> answers = new ArrayDeque<>();
    private final Deque<String> greetings = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    /// Opens the control socket below `root`, which must be short enough for the path of a socket.
    public CannedManager(Path root) throws IOException {
        this(root, _ -> {});
    }

    /// The same for clients that wait already: `script` says what they will be told, before they can connect.
    public CannedManager(Path root, Consumer<CannedManager> script) throws IOException {
        this.root = root;
        script.accept(this);
        Path socket = new SvcRoot(root).controlSocket();
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().name("canned-manager").start(this::serve);
    }

    /// Answers the next request that has no answer yet with `lines`; an end line with status 0 is added unless the last line has a
    /// status or hangs up.
    public CannedManager answering(String... lines) {
        synchronized (answers) {
            answers.add(List.of(lines));
        }
        return this;
    }

    /// Greets the next connection with `line`.
    public CannedManager greeting(String line) {
        synchronized (answers) {
            greetings.add(line);
        }
        return this;
    }

    /// The requests so far, without their ids.
    public List<String> requests() {
        synchronized (answers) {
            return List.copyOf(requests);
        }
    }

    /// What a command printed and its exit status.
    public record Outcome(int status, String out, String err) {}

    /// Runs `work` as the command `program` against this manager.
    public Outcome run(String program, Console.Work work) {
        return run(program, root, work);
    }

    /// Runs `work` as the command `program` on a root that may have no manager.
    public static Outcome run(String program, Path root, Console.Work work) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(Map.of("SVC_ROOT", root.toString()));
        Console console = new Console(program, environment, new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Console.Terminals.NONE);
        int status = work.run(console);
        console.out().flush();
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                serve(client);
            } catch (IOException _) {
                // The client or the test is done.
            }
        }
    }

    private void serve(SocketChannel client) throws IOException {
        String greeting;
        synchronized (answers) {
            greeting = greetings.isEmpty() ? GREETING : greetings.poll();
        }
        if (!send(client, greeting)) {
            return;
        }
        LineReader reader = new LineReader(Channels.newInputStream(client), JsonLines.LONGEST);
        while (true) {
            JsonObject request = reader.next().orElse(null);
            if (request == null || !answer(client, request)) {
                return;
            }
        }
    }

    private boolean answer(SocketChannel client, JsonObject request) throws IOException {
        List<String> lines;
        synchronized (answers) {
            requests.add(JsonLines.line(JsonLines.object(request).remove("id").build()));
            lines = answers.isEmpty() ? List.of("{\"error\":\"no answer was canned\",\"status\":1}") : answers.poll();
        }
        int id = request.getInt("id");
        boolean ended = false;
        for (String line : lines) {
            if (!send(client, line.isEmpty() ? line : "{\"id\":" + id + "," + line.substring(1))) {
                return false;
            }
            ended = line.contains("\"status\":");
        }
        return ended || send(client, "{\"id\":" + id + ",\"status\":0}");
    }

    private static boolean send(SocketChannel client, String line) throws IOException {
        if (line.equals(HANG_UP)) {
            return false;
        }
        Channels.newOutputStream(client).write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return true;
    }

    @Override public void close() {
        try {
            server.close();
            Files.deleteIfExists(new SvcRoot(root).controlSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
