package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `svccfg listsnap`: the snapshots of the selected instance.
final class ListSnapshots implements Subcommand {
    @Override public String name() { return "listsnap"; }

    @Override public String synopsis() { return "listsnap"; }

    @Override public String purpose() { return "Lists the snapshots of the instance."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments.of(this, List.of(), arguments).noOperands(this);
        String selected = selection.required();
        return session -> list(session, selected);
    }

    private static int list(Session session, String selected) throws IOException {
        Optional<Members> entity = SelectedEntity.of(selected, session);
        if (entity.isEmpty()) {
            return Console.FAILED;
        }
        var answer = session.client().ask(JsonLines.object().add("do", "snapshots").add("entity", entity.get().text("entity")));
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
            reply.tryText("snapshot").ifPresent(name -> session.console().out().print(name + "\n"));
        }
        return answer.status();
    }
}
