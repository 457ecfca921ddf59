package dev.svc.control;

import dev.svc.engine.Asker;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.protocol.SvcRoot;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks without a socket, as whoever the test says.
final class Desk implements AutoCloseable {
    static final Path ROOT = Path.of("/nowhere");

    /// A user that no machine has.
    private record Somebody(String getName) implements UserPrincipal {
        @Override public String getName() { return getName; }
    }

    static final Peer ROOT_USER = new Peer(new Asker(0, "root"), new Somebody("root"), "root", true);
    static final Peer ALICE = new Peer(new Asker(1001, "alice"), new Somebody("alice"), "users", false);

    private final Verbs verbs;
    private final Peer peer;

    Desk(MemoryEngine engine) {
        this(engine, ROOT, ROOT_USER, 0);
    }

    /// @param ownUid of the manager
    Desk(MemoryEngine engine, Path root, Peer peer, int ownUid) {
        verbs = Verbs.of(new SvcRoot(root), engine, ownUid, Duration.ofSeconds(3));
        this.peer = peer;
    }

    /// The lines that answer a request, given as JSON with `'` for `"`.
    List<JsonObject> ask(String request) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        verbs.answer(new Members(JsonLines.parse(request.replace('\'', '"'))), peer, out);
        List<JsonObject> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            if (!line.isEmpty()) {
                lines.add(JsonLines.parse(line));
            }
        }
        return lines;
    }

    /// The same as text, with `'` for `"`.
    String say(String request) throws IOException, InterruptedException {
        return String.join("\n", ask(request).stream().map(o -> o.toString().replace('"', '\'')).toList());
    }

    @Override public void close() {
        verbs.close();
    }
}
