package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `svccfg listcust`: what the administrator has set or hidden.
final class ListCustomizations implements Subcommand {
    private static final String MASKED = "-M";
    private static final String LOCAL = "-L";

    @Override public String name() { return "listcust"; }

    @Override public String synopsis() { return "listcust [-LM] [GLOB]"; }

    @Override public String purpose() {
        return "Lists what was set or hidden in the layer of the administrator. -L: also by site profiles. -M: only what is hidden.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of(MASKED, LOCAL), arguments);
        Optional<String> glob = options.atMostOneOperand(this);
        String selected = selection.required();
        return session -> list(session, selected, glob, options);
    }

    private static int list(Session session, String selected, Optional<String> glob, Arguments options) throws IOException {
        Optional<Members> entity = SelectedEntity.of(selected, session);
        if (entity.isEmpty()) {
            return Console.FAILED;
        }
        JsonObjectBuilder request = JsonLines.object().add("do", "customizations").add("entity", entity.get().text("entity"))
                .add("masked", options.has(MASKED)).add("local", options.has(LOCAL));
        glob.ifPresent(g -> request.add("glob", g));
        var answer = session.client().ask(request);
        List<List<String>> rows = new ArrayList<>();
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
            Optional<Members> customization = reply.tryMembers("customization");
            if (customization.isPresent()) {
                rows.add(row(customization.get(), entity.get().text("entity")));
            }
        }
        session.console().out().print(Columns.aligned(rows));
        return answer.status();
    }

    private static List<String> row(Members customization, String selected) throws IOException {
        String entity = customization.text("entity");
        String below = entity.equals(selected) ? "" : entity.substring(entity.lastIndexOf(':')) + "/";
        String name = below + customization.text("group") + customization.tryText("property").map(p -> "/" + p).orElse("");
        boolean valued = customization.object().containsKey("values");
        String rest = (customization.truth("masked") ? "MASKED" : "") + (valued ? Listing.quoted(customization.texts("values")) : "");
        return List.of(name, customization.text("type"), customization.text("layer"), rest);
    }
}
