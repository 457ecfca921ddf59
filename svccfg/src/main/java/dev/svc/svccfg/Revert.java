package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `svccfg revert`: goes back to a snapshot of the selected instance.
final class Revert implements Subcommand {
    @Override public String name() { return "revert"; }

    @Override public String synopsis() { return "revert SNAPSHOT"; }

    @Override public String purpose() {
        return "Makes the properties of the instance and its service those of a snapshot. It acts with the next refresh.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Optional<String> snapshot = Arguments.of(this, List.of(), arguments).atMostOneOperand(this);
        if (snapshot.isEmpty()) {
            throw new RefusedException("No snapshot selected.");
        }
        String selected = selection.required();
        return session -> revert(session, selected, snapshot.get());
    }

    private static int revert(Session session, String selected, String snapshot) throws IOException {
        Optional<Members> entity = SelectedEntity.of(selected, session);
        if (entity.isEmpty()) {
            return Console.FAILED;
        }
        var answer = session.client().ask(JsonLines.object().add("do", "revert").add("entity", entity.get().text("entity"))
                .add("snapshot", snapshot));
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
            reply.tryText("text").ifPresent(session::tell);
        }
        return answer.status();
    }
}
