package dev.svc.svcs;

import dev.svc.command.Answers;
import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.svcs.SvcsRequest.Paragraphs;
import dev.svc.svcs.SvcsRequest.Part;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// `svcs -l`: one paragraph an instance, a label in 13 columns and its value a line.
final class LongListing {
    private static final int LABEL_WIDTH = 13;
    private static final int ARGUMENTS_WIDTH = 80;

    private final Console console;
    private final Client client;
    private final Dates dates;

    LongListing(Console console, Client client, Dates dates) {
        this.console = console;
        this.client = client;
        this.dates = dates;
    }

    /// Prints what `request` asks for and yields the exit status.
    int print(Paragraphs request) throws IOException {
        JsonArrayBuilder details = JsonLines.array().add("dependencies");
        if (request.parts().contains(Part.PROCESSES)) {
            details.add("processes");
        }
        if (request.parts().contains(Part.PROPERTIES)) {
            details.add("properties");
        }
        Client.Answer answer = client.ask(JsonLines.object().add("do", "list").add("of", "instances")
                .add("patterns", JsonLines.array(request.operands())).add("details", details));
        Answers answers = new Answers(console);
        StringBuilder text = new StringBuilder();
        for (Members reply : answer.replies()) {
            if (!answers.show(reply)) {
                text.append(text.isEmpty() ? "" : "\n");
                write(text, Instance.of(reply.members("instance")), request.parts());
            }
        }
        console.out().append(text);
        return answers.status(answer.status());
    }

    private void write(StringBuilder text, Instance it, Set<Part> parts) throws IOException {
        Members whole = it.whole();
        line(text, "fmri", it.fmri());
        line(text, "name", it.name());
        writeEnabled(text, whole);
        line(text, "state", whole.tryText("state"));
        line(text, "next_state", whole.tryText("next"));
        if (it.since().isPresent()) {
            line(text, "state_time", dates.full(it.since().get()));
        }
        line(text, "alt_logfile", whole.tryText("alt_logfile"));
        line(text, "logfile", whole.tryText("logfile"));
        line(text, "restarter", whole.tryText("restarter"));
        writeContracts(text, it);
        if (whole.tryText("containment").orElse("").equals("fallback")) {
            line(text, "containment", "fallback (weaker: processes that hide from /proc are not contained)");
        }
        String faults = whole.tryText("faults").orElse("");
        if (faults.equals("of mains")) {
            line(text, "faults", "seen of main processes only (startd/ignore_error has no effect on others)");
        } else if (faults.equals("unseen")) {
            line(text, "faults", "not seen (only that no process is left; startd/ignore_error has no effect)");
        }
        for (Members dependency : whole.objects("dependencies")) {
            writeDependency(text, dependency);
        }
        if (parts.contains(Part.PROCESSES)) {
            writeProcesses(text, it);
        }
        if (parts.contains(Part.PROPERTIES)) {
            for (Members group : whole.objects("properties")) {
                writeProperties(text, group);
            }
        }
    }

    private static void line(StringBuilder text, String label, Optional<String> value) {
        if (value.isPresent()) {
            line(text, label, value.get());
        }
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label).append(" ".repeat(LABEL_WIDTH - label.length())).append(value).append('\n');
    }

    private static void writeEnabled(StringBuilder text, Members whole) throws IOException {
        Optional<Boolean> permanent = whole.tryTruth("enabled");
        Optional<Boolean> temporary = whole.tryTruth("override");
        Optional<Boolean> effective = temporary.isPresent() ? temporary : permanent;
        if (effective.isEmpty()) {
            return;
        }
        boolean differs = temporary.isPresent() && !temporary.equals(permanent);
        line(text, "enabled", effective.get() + (differs ? " (temporary)" : ""));
        String comment = whole.tryText("comment").orElse("");
        if (!effective.get() && !comment.isEmpty()) {
            line(text, "comment", comment);
        }
    }

    private static void writeContracts(StringBuilder text, Instance it) {
        if (!it.whole().object().containsKey("contracts")) {
            return;
        }
        StringBuilder ids = new StringBuilder();
        for (long contract : it.contracts()) {
            ids.append(contract).append(' ');
        }
        line(text, "contract_id", ids.toString());
    }

    private static void writeDependency(StringBuilder text, Members dependency) throws IOException {
        StringBuilder value = new StringBuilder(dependency.tryText("grouping").orElse("?")).append('/')
                .append(dependency.tryText("restart_on").orElse("?"));
        for (Members entity : dependency.objects("entities")) {
            value.append(' ').append(entity.text("fmri")).append(" (").append(entity.tryText("state").orElse("-")).append(')');
        }
        line(text, "dependency", value.toString());
    }

    private static void writeProcesses(StringBuilder text, Instance it) throws IOException {
        for (Instance.Process process : it.processes()) {
            String arguments = process.arguments().isEmpty() ? process.command() : process.arguments();
            line(text, "process", process.pid() + " " + arguments.substring(0, Math.min(arguments.length(), ARGUMENTS_WIDTH)));
        }
    }

    private static void writeProperties(StringBuilder text, Members group) throws IOException {
        String name = group.text("name");
        text.append(name).append(" (").append(group.text("type")).append(")\n");
        writeDescription(text, group);
        for (Members property : group.objects("properties")) {
            text.append(name).append('/').append(property.text("name")).append(" (").append(property.text("type")).append(") = ");
            for (String value : property.texts("values")) {
                text.append(quoted(value)).append(' ');
            }
            text.append('\n');
            writeDescription(text, property);
        }
    }

    private static void writeDescription(StringBuilder text, Members described) throws IOException {
        Optional<String> description = described.tryText("description");
        if (description.isPresent()) {
            text.append("  ").append(description.get()).append('\n');
        }
    }

    private static String quoted(String value) {
        boolean quote = false;
        StringBuilder escaped = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            quote |= " \t\n\"()".indexOf(c) >= 0;
            if (c == '"' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return quote ? escaped.append('"').toString() : value;
    }
}
