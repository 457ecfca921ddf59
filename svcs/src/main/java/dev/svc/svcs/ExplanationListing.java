package dev.svc.svcs;

import dev.svc.command.Answers;
import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.svcs.SvcsRequest.ExplanationPart;
import dev.svc.svcs.SvcsRequest.Explanations;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `svcs -x`: a paragraph for each instance that is explained, its labels right-aligned so that the colons stand in column 7.
final class ExplanationListing {
    private static final int LINE_WIDTH = 80;
    private static final String WAITING = "SMF-8000-GE";
    private static final String STANDARD_MANUAL = "/usr/share/man";

    private final Console console;
    private final Client client;
    private final Dates dates;

    ExplanationListing(Console console, Client client, Dates dates) {
        this.console = console;
        this.client = client;
        this.dates = dates;
    }

    /// Prints what `request` asks for and yields the exit status.
    int print(Explanations request) throws IOException {
        JsonObjectBuilder question = JsonLines.object().add("do", "explain").add("patterns", JsonLines.array(request.operands()));
        if (request.parts().contains(ExplanationPart.EXCERPT)) {
            question.add("details", JsonLines.array(List.of("excerpt")));
        }
        Client.Answer answer = client.ask(question);
        Answers answers = new Answers(console);
        Optional<String> base = Optional.empty();
        StringBuilder text = new StringBuilder();
        for (Members reply : answer.replies()) {
            if (answers.show(reply)) {
                continue;
            }
            if (reply.tryText("message_base").isPresent()) {
                base = reply.tryText("message_base");
            }
            Optional<Members> explanation = reply.tryMembers("explanation");
            if (explanation.isPresent()) {
                text.append(text.isEmpty() ? "" : "\n");
                new Paragraph(text, explanation.get(), base, request.parts()).write();
            }
        }
        console.out().append(text);
        return answers.status(answer.status());
    }

    private final class Paragraph {
        private final StringBuilder text;
        private final Members it;
        private final Optional<String> base;
        private final Set<ExplanationPart> parts;

        Paragraph(StringBuilder text, Members it, Optional<String> base, Set<ExplanationPart> parts) {
            this.text = text;
            this.it = it;
            this.base = base;
            this.parts = parts;
        }

        void write() throws IOException {
            text.append(it.text("fmri")).append(" (").append(it.tryText("name").orElse("?").replace('\n', ' ')).append(")\n");
            Optional<String> since = it.tryText("since");
            line(" State", it.tryText("state").orElse("-") + (since.isEmpty() ? "" : " since " + dates.full(Timestamp.parse(since.get()))));
            for (Members reason : it.objects("reasons")) {
                writeReason(reason);
            }
            for (Members document : it.objects("documents")) {
                writeDocument(document);
            }
            for (String log : it.texts("logs")) {
                line("   See", log);
            }
            writeImpact(it.texts("impact"));
            for (String advice : it.texts("advice")) {
                line("    Do", advice);
            }
            if (parts.contains(ExplanationPart.EXCERPT)) {
                writeExcerpt(it.texts("excerpt"));
            }
        }

        private void line(String label, String value) {
            text.append(label).append(": ").append(value).append('\n');
        }

        private void writeReason(Members reason) throws IOException {
            Optional<String> message = reason.tryText("message");
            line("Reason", folded(reason.text("text"), message.orElse("")));
            for (String log : reason.texts("logs")) {
                line("   See", log);
            }
            if (base.isPresent() && message.isPresent()) {
                line("   See", base.get() + message.get());
            }
            if (parts.contains(ExplanationPart.DETAIL)) {
                writePath(reason.texts("path"));
            }
        }

        /// A reason that names another service has its summary on a line of its own if both do not fit one.
        private String folded(String reason, String message) {
            int name = reason.indexOf(' ');
            int summary = reason.indexOf(' ', name + 1);
            boolean fits = "Reason: ".length() + reason.length() <= LINE_WIDTH;
            if (fits || !message.equals(WAITING) || summary < 0) {
                return reason;
            }
            return reason.substring(0, summary) + "\n        " + reason.substring(summary + 1);
        }

        private void writePath(List<String> path) {
            for (int hop = 0; hop < path.size(); hop++) {
                text.append(hop == 0 ? "  Path: " : " ".repeat(8 + 2 * hop)).append(path.get(hop)).append('\n');
            }
        }

        private void writeDocument(Members document) throws IOException {
            Optional<String> uri = document.tryText("uri");
            if (uri.isPresent()) {
                line("   See", uri.get());
                return;
            }
            String title = document.text("title");
            String section = document.text("section");
            if (!parts.contains(ExplanationPart.DETAIL)) {
                line("   See", title + "(" + section + ")");
                return;
            }
            Optional<String> path = document.tryText("path");
            if (path.isPresent()) {
                String manual = path.get().equals(":default") ? STANDARD_MANUAL : path.get();
                line("   See", "man -M " + manual + " -s " + section + " " + title);
            }
        }

        private void writeImpact(List<String> impact) throws IOException {
            if (impact.isEmpty()) {
                line("Impact", it.truth("running") ? "None." : "This service is not running.");
                return;
            }
            boolean listed = parts.contains(ExplanationPart.DETAIL);
            String count = impact.size() == 1
                    ? "1 dependent service is not running"
                    : impact.size() + " dependent services are not running";
            line("Impact", count + (listed ? ":" : ".  (Use -v for list.)"));
            if (listed) {
                for (String dependent : impact) {
                    text.append("        ").append(dependent).append('\n');
                }
            }
        }

        private void writeExcerpt(List<String> excerpt) {
            if (excerpt.isEmpty()) {
                return;
            }
            text.append("   Log:\n");
            for (String logged : excerpt) {
                text.append(logged).append('\n');
            }
        }
    }
}
