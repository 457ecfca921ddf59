package dev.svc.svcs;

import dev.svc.command.Answers;
import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.svcs.SvcsRequest.Lines;
import dev.svc.svcs.SvcsRequest.Of;
import dev.svc.svcs.SvcsRequest.Part;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The listings with one line an instance: plain, `-d` and `-D`.
final class Table {
    private static final int COMMAND_WIDTH = 16;

    private final Console console;
    private final Client client;
    private final Dates dates;

    Table(Console console, Client client, Dates dates) {
        this.console = console;
        this.client = client;
        this.dates = dates;
    }

    /// Prints what `request` asks for and yields the exit status.
    int print(Lines request) throws IOException {
        if (request.of() == Of.ALL && !request.operands().isEmpty() && request.restarters().isEmpty()) {
            console.warn("-a ignored when used with arguments.");
        }
        Client.Answer answer = client.ask(question(request));
        Answers answers = new Answers(console);
        List<Instance> instances = new ArrayList<>(answer.replies().size());
        for (Members reply : answer.replies()) {
            if (!answers.show(reply)) {
                instances.add(Instance.of(reply.members("instance")));
            }
        }
        instances.sort(new SortKey.Order(request.order()));
        write(instances, request);
        return answers.status(answer.status());
    }

    private static JsonObjectBuilder question(Lines request) {
        JsonObjectBuilder question = JsonLines.object().add("do", "list").add("of", request.of().of());
        question.add("patterns", JsonLines.array(request.operands()));
        if (request.operands().isEmpty()) {
            question.add("select", request.of().select());
        }
        if (!request.restarters().isEmpty()) {
            question.add("restarters", JsonLines.array(request.restarters()));
        }
        question.add("members", JsonLines.array(members(request)));
        if (request.parts().contains(Part.PROCESSES)) {
            question.add("details", JsonLines.array(List.of("processes")));
        }
        return question;
    }

    /// What of each instance is shown or sorted by: reading the rest would double the time that a listing takes.
    private static Set<String> members(Lines request) {
        Set<String> members = new LinkedHashSet<>();
        members.add("next");
        for (Column column : request.columns()) {
            members.add(column.member());
        }
        for (SortKey key : request.order()) {
            members.add(key.column().member());
        }
        members.remove("");
        return members;
    }

    private void write(List<Instance> instances, Lines request) throws IOException {
        List<Column> columns = request.columns();
        StringBuilder text = new StringBuilder(80 * (instances.size() + 1));
        if (request.parts().contains(Part.HEADER)) {
            for (Column column : columns) {
                pad(text.append(column.name()), column.name().length(), column);
            }
            endLine(text);
        }
        Column.Mark mark = Column.Mark.ASTERISK;
        for (Column column : columns) {
            if (column.showsNext()) {
                mark = Column.Mark.NONE;
            }
        }
        boolean coloured = console.coloured();
        for (Instance instance : instances) {
            for (Column column : columns) {
                String cell = column.cell(instance, mark, dates);
                boolean paint = coloured && column.showsState();
                pad(text.append(paint ? Colour.of(instance).on(cell) : cell), cell.length(), column);
            }
            endLine(text);
            if (request.parts().contains(Part.PROCESSES)) {
                writeProcesses(text, instance);
            }
        }
        console.out().append(text);
    }

    private void writeProcesses(StringBuilder text, Instance instance) throws IOException {
        for (Instance.Process process : instance.processes()) {
            String started = dates.stime(process.started());
            String pid = Long.toString(process.pid());
            String command = process.command();
            text.append(" ".repeat(15)).append(started).append(" ".repeat(8 - started.length() + 3));
            text.append(" ".repeat(Math.max(0, 6 - pid.length()))).append(pid).append(' ');
            text.append(command, 0, Math.min(command.length(), COMMAND_WIDTH));
            endLine(text);
        }
    }

    private static void pad(StringBuilder text, int used, Column column) {
        for (int i = used; i < column.width(); i++) {
            text.append(' ');
        }
        text.append(' ');
    }

    private static void endLine(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }
}
