package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;

/// Asks for the deletion of services or instances.
record Deleting(List<String> patterns, Force force) implements Request {
    /// Whether instances that run are deleted too.
    enum Force {
        FORCED, IF_IDLE
    }

    @Override public int fulfil(Session session) throws IOException {
        JsonObjectBuilder request = JsonLines.object().add("do", "delete").add("patterns", JsonLines.array(patterns));
        if (force == Force.FORCED) {
            request.add("force", true);
        }
        var answer = session.client().ask(request);
        boolean failed = false;
        for (Members reply : answer.replies()) {
            failed |= session.showComplaint(reply) || reply.tryText("warning").isPresent();
            reply.tryText("note").ifPresent(note -> session.console().out().print(note + "\n"));
            reply.tryText("text").ifPresent(session::tell);
        }
        return failed ? Math.max(answer.status(), Console.FAILED) : answer.status();
    }
}
