package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// `svccfg restore`: lists backups, previews what one would change, makes it the configuration.
final class Restore implements Subcommand {
    private static final String PREVIEW = "-n";

    @Override public String name() { return "restore"; }

    @Override public String synopsis() { return "restore [-n] [BACKUP]"; }

    @Override public String purpose() {
        return "Makes a backup the configuration; without one, lists those there are. -n: only says what would change.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of(PREVIEW), arguments);
        Optional<String> backup = options.atMostOneOperand(this);
        boolean preview = options.has(PREVIEW);
        return session -> backup.isEmpty() ? list(session) : restore(session, backup.get(), preview);
    }

    private static int list(Session session) throws IOException {
        Client.Answer answer = session.client().ask(JsonLines.object().add("do", "restore"));
        StringBuilder text = new StringBuilder("WRITTEN              KIND             CHANGE  BACKUP\n");
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
            Optional<Members> backup = reply.tryMembers("backup");
            if (backup.isPresent()) {
                Members copy = backup.get();
                String kind = copy.text("kind");
                String number = Long.toString(copy.number("sequence"));
                text.append(Instant.parse(copy.text("written")).truncatedTo(ChronoUnit.SECONDS)).append(' ').append(kind)
                        .repeat(" ", Math.max(1, 17 - kind.length())).repeat(" ", Math.max(0, 6 - number.length())).append(number)
                        .append("  ").append(copy.text("name")).append('\n');
            }
        }
        if (answer.status() == Console.DONE) {
            session.console().out().print(text);
        }
        return answer.status();
    }

    private static int restore(Session session, String backup, boolean preview) throws IOException {
        JsonObjectBuilder request = JsonLines.object().add("do", "restore").add("backup", backup);
        if (preview) {
            request.add("preview", true);
        }
        return session.client().follow(request, Client.Repeat.NEVER, reply -> {
            session.showComplaint(reply);
            Optional<String> line = reply.tryText("line");
            line.ifPresent(l -> session.console().out().print(l + "\n"));
            reply.tryText("text").ifPresent(t -> session.console().out().print(t + "\n"));
        });
    }
}
