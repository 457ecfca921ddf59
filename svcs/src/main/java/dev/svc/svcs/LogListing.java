package dev.svc.svcs;

import dev.svc.command.Answers;
import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.svcs.SvcsRequest.LogDetail;
import dev.svc.svcs.SvcsRequest.Logs;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `svcs -L`: the path of each instance's log, or what is in it: all of a single one, the last ten lines of each of several.
final class LogListing {
    private static final int LINES = 10;

    private final Console console;
    private final Client client;

    LogListing(Console console, Client client) {
        this.console = console;
        this.client = client;
    }

    /// Prints what `request` asks for and yields the exit status.
    int print(Logs request) throws IOException {
        JsonObjectBuilder question = JsonLines.object().add("do", "list").add("of", "instances");
        question.add("patterns", JsonLines.array(request.operands()));
        if (request.operands().isEmpty()) {
            question.add("select", "all");
        }
        Client.Answer answer = client.ask(question.add("details", JsonLines.array(List.of("logs"))));
        Answers answers = new Answers(console);
        List<String> logs = new ArrayList<>();
        for (Members reply : answer.replies()) {
            if (!answers.show(reply)) {
                log(reply.members("instance")).ifPresent(logs::add);
            }
        }
        int status = answers.status(answer.status());
        if (request.detail() == LogDetail.CONTENTS) {
            return printContents(logs) ? status : Console.FAILED;
        }
        for (String log : logs) {
            console.out().print(log + "\n");
        }
        return status;
    }

    /// The log, or the one used early in boot if there is no other.
    private static Optional<String> log(Members instance) throws IOException {
        Optional<String> log = instance.tryText("logfile");
        return log.isPresent() ? log : instance.tryText("alt_logfile");
    }

    private boolean printContents(List<String> logs) {
        boolean all = true;
        for (String log : logs) {
            try {
                byte[] contents = Files.readAllBytes(Path.of(log));
                int start = logs.size() == 1 ? 0 : lastLines(contents);
                console.out().write(contents, start, contents.length - start);
            } catch (IOException e) {
                console.warn(log + ": cannot be read: " + e.getClass().getSimpleName());
                all = false;
            }
        }
        return all;
    }

    private static int lastLines(byte[] contents) {
        int lines = 0;
        for (int i = contents.length - 2; i >= 0; i--) {
            if (contents[i] == '\n' && ++lines == LINES) {
                return i + 1;
            }
        }
        return 0;
    }
}
