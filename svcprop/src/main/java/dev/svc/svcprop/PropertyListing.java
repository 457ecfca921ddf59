package dev.svc.svcprop;

import dev.svc.command.Answers;
import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.svcprop.SvcpropRequest.Designator;
import dev.svc.svcprop.SvcpropRequest.Properties;
import dev.svc.svcprop.SvcpropRequest.Selection;
import dev.svc.svcprop.SvcpropRequest.Speech;
import dev.svc.svcprop.SvcpropRequest.View;
import dev.svc.svcprop.SvcpropRequest.When;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints properties: bare values where one property of one entity is meant, else a line with designator, type and values for each.
final class PropertyListing {
    private final Console console;
    private final Client client;
    private final Properties request;
    private final StringBuilder text = new StringBuilder();
    private int status = Console.DONE;

    PropertyListing(Console console, Client client, Properties request) {
        this.console = console;
        this.client = client;
        this.request = request;
    }

    /// Prints what was asked for and yields the exit status.
    int print() throws IOException {
        Client.Answer answer = client.ask(question());
        Answers answers = new Answers(console);
        // By FMRI. An entity of which all that was selected is absent may come without a line of its own.
        Map<String, Entity> entities = new LinkedHashMap<>();
        for (Members reply : answer.replies()) {
            if (isComplaint(reply)) {
                complain(answers, reply);
            } else if (reply.object().containsKey("groups")) {
                entities.put(reply.text("entity"), Entity.of(reply));
            } else if (reply.object().containsKey("missing")) {
                entities.putIfAbsent(reply.text("entity"), Entity.of(reply));
            }
        }
        boolean several = entities.size() > 1;
        for (Entity entity : entities.values()) {
            print(entity, several);
        }
        if (request.speech() == Speech.ALL) {
            console.out().append(text);
        }
        return answers.status(answer.status() == Console.DONE ? status : answer.status());
    }

    private static boolean isComplaint(Members reply) {
        return reply.object().containsKey("warning") || reply.object().containsKey("error") || reply.object().containsKey("note");
    }

    private void complain(Answers answers, Members reply) throws IOException {
        if (request.speech() == Speech.ALL) {
            answers.show(reply);
        } else {
            status = Console.FAILED;
        }
    }

    private JsonObjectBuilder question() {
        JsonObjectBuilder question = JsonLines.object().add("do", request.when() == When.CHANGED ? "watch" : "properties")
                .add("patterns", JsonLines.array(request.operands()));
        switch (request.view()) {
            case View.Effective _ -> question.add("view", "effective");
            case View.Current _ -> question.add("view", "current");
            case View.Own _ -> question.add("view", "own");
            case View.Snapshot(String name) -> question.add("view", "snapshot").add("snapshot", name);
        }
        if (!request.selections().isEmpty()) {
            JsonArrayBuilder groups = JsonLines.array();
            for (Selection selection : request.selections()) {
                groups.add(selection.toString());
            }
            question.add("groups", groups);
        }
        return question;
    }

    private void print(Entity entity, boolean several) {
        if (request.selections().isEmpty()) {
            boolean bare = entity.isProperty() && !several && request.designator() == Designator.AS_NEEDED;
            for (Entity.Group group : entity.groups()) {
                for (Entity.Property property : group.properties()) {
                    print(property, bare, several);
                }
            }
            return;
        }
        boolean bare = !several && request.designator() == Designator.AS_NEEDED && selectsSingleProperties(entity);
        for (Selection selection : request.selections()) {
            Optional<List<Entity.Property>> selected = entity.selected(selection);
            if (selected.isEmpty()) {
                status = Console.FAILED;
                if (request.speech() != Speech.NONE) {
                    console.warn(entity.absent(selection));
                }
                continue;
            }
            for (Entity.Property property : selected.get()) {
                if (property.access() == Entity.Access.HIDDEN) {
                    refuse();
                } else {
                    print(property, bare, several);
                }
            }
        }
    }

    private void refuse() {
        status = Console.FAILED;
        if (request.speech() == Speech.ALL) {
            console.warn("Permission denied.");
        }
    }

    private boolean selectsSingleProperties(Entity entity) {
        for (Selection selection : request.selections()) {
            if (selection.property().isEmpty() && !entity.isGroup()) {
                return false;
            }
        }
        return true;
    }

    private void print(Entity.Property property, boolean bare, boolean several) {
        if (!bare) {
            boolean full = several || request.designator() == Designator.FULL;
            text.append(full ? property.full() : property.plain()).append(' ').append(property.type()).append(' ');
        }
        List<String> values = property.values();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(' ');
            }
            Quoted.append(text, values.get(i));
        }
        text.append('\n');
    }
}
