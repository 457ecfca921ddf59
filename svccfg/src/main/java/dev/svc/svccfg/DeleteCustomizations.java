package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `svccfg delcust`: takes back what the administrator has set or hidden.
final class DeleteCustomizations implements Subcommand {
    private static final String MASKED = "-M";

    @Override public String name() { return "delcust"; }

    @Override public String synopsis() { return "delcust [-M] [GLOB]"; }

    @Override public String purpose() {
        return "Takes back what was set or hidden in the layer of the administrator. -M: only what is hidden.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of(MASKED), arguments);
        Optional<String> glob = options.atMostOneOperand(this);
        String selected = selection.required();
        return session -> delete(session, selected, glob, options.has(MASKED));
    }

    private static int delete(Session session, String selected, Optional<String> glob, boolean masked) throws IOException {
        Optional<Members> entity = SelectedEntity.of(selected, session);
        if (entity.isEmpty()) {
            return Console.FAILED;
        }
        JsonObjectBuilder request = JsonLines.object().add("do", "uncustomize").add("entity", entity.get().text("entity"))
                .add("masked", masked);
        glob.ifPresent(g -> request.add("glob", g));
        var answer = session.client().ask(request);
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
            Optional<String> text = reply.tryText("text");
            text.ifPresent(t -> session.console().out().print(t + "\n"));
        }
        return answer.status();
    }
}
