package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/// Asks for one change of the selected entity's own properties.
///
/// @param edit as the protocol has it
record Editing(String selected, JsonObject edit) implements Request {
    @Override public int fulfil(Session session) throws IOException {
        Optional<Members> entity = SelectedEntity.of(selected, session);
        if (entity.isEmpty()) {
            return Console.FAILED;
        }
        var answer = session.client().ask(JsonLines.object().add("do", "edit").add("entity", entity.get().text("entity"))
                .add("edits", JsonLines.array().add(edit)));
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
        }
        return answer.status();
    }
}
