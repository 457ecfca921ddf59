package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import java.util.List;
import java.util.Optional;

/// `svccfg refresh`: makes the current configuration of the selected instance its running one.
final class Refresh implements Subcommand {
    @Override public String name() { return "refresh"; }

    @Override public String synopsis() { return "refresh"; }

    @Override public String purpose() { return "Makes the current configuration the running one; of a service, that of its instances."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws RefusedException {
        String selected = selection.required();
        return session -> {
            Optional<Members> entity = SelectedEntity.of(selected, session);
            if (entity.isEmpty()) {
                return Console.FAILED;
            }
            var answer = session.client().ask(JsonLines.object().add("do", "refresh")
                    .add("patterns", JsonLines.array(List.of(entity.get().text("entity")))));
            for (Members reply : answer.replies()) {
                session.showComplaint(reply);
            }
            return answer.status();
        };
    }
}
