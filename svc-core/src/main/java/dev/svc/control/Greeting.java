package dev.svc.control;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.SvcRoot;
import dev.svc.protocol.Version;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;

/// The first line of every connection.
final class Greeting {
    private static final int PROTOCOL = 1;

    private final String root;

    Greeting(SvcRoot root) {
        this.root = root.toString();
    }

    void say(OutputStream out) throws IOException {
        send(out, JsonLines.object().add("svc", PROTOCOL).add("state", "running").add("version", Version.current())
                .add("pid", ProcessHandle.current().pid()).add("root", root));
    }

    /// Says why nobody will be listening here.
    void refuse(OutputStream out, String sentence) throws IOException {
        send(out, JsonLines.object().add("svc", PROTOCOL).add("state", "busy").add("error", sentence));
    }

    private static void send(OutputStream out, JsonObjectBuilder line) throws IOException {
        out.write(JsonLines.bytes(line.build()));
        out.flush();
    }
}
