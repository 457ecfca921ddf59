package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Asks for the manifest of one service and writes it.
///
/// @param file where to; else to standard output
record Exporting(String pattern, Values values, Optional<Path> file) implements Request {
    /// Which values are written.
    enum Values {
        ALL, UNPROTECTED
    }

    @Override public int fulfil(Session session) throws IOException {
        JsonObjectBuilder request = JsonLines.object().add("do", "export").add("patterns", JsonLines.array(List.of(pattern)));
        if (values == Values.ALL) {
            request.add("all", true);
        }
        Client.Answer answer = session.client().ask(request);
        boolean failed = false;
        for (Members reply : answer.replies()) {
            failed |= session.showComplaint(reply) || reply.tryText("warning").isPresent();
        }
        List<Members> bundles = answer.replies().stream().filter(r -> r.object().containsKey("bundle")).toList();
        if (bundles.size() > 1) {
            return ambiguous(session, bundles);
        }
        if (failed || bundles.isEmpty()) {
            return Math.max(answer.status(), Console.FAILED);
        }
        write(session, bundles.getFirst().text("bundle"));
        return answer.status();
    }

    private int ambiguous(Session session, List<Members> bundles) throws IOException {
        session.console().warn("Pattern '" + pattern + "' matches multiple services:");
        for (Members bundle : bundles) {
            session.console().err().print("    " + bundle.text("service") + "\n");
        }
        return Console.FAILED;
    }

    private void write(Session session, String bundle) throws IOException {
        if (file.isEmpty()) {
            session.console().out().print(bundle);
            return;
        }
        Path target = file.get().toAbsolutePath();
        // Beside it and renamed: a file that was there is replaced by a whole one or not at all.
        Path beside = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.writeString(beside, bundle);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw new IOException(file.get() + ": " + Documents.reason(e), e);
        }
    }
}
