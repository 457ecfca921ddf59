package dev.svc.svccfg;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The service or instance that the operand of `-s` names, with its own property groups.
final class SelectedEntity {
    private SelectedEntity() {}

    /// What the manager says of it; if it is none or more than one, that is shown instead.
    static Optional<Members> of(String operand, Session session) throws IOException {
        JsonObjectBuilder request = JsonLines.object().add("do", "properties").add("patterns", JsonLines.array(List.of(operand)))
                .add("view", "own").add("prefer", "services");
        List<Members> entities = new ArrayList<>();
        for (Members reply : session.client().ask(request).replies()) {
            session.showComplaint(reply);
            if (reply.tryText("entity").isPresent()) {
                entities.add(reply);
            }
        }
        if (entities.size() > 1) {
            session.console().warn("Pattern '" + operand + "' matches multiple instances:");
            for (Members entity : entities) {
                session.console().err().print("    " + entity.text("entity") + "\n");
            }
        }
        return entities.size() == 1 ? Optional.of(entities.getFirst()) : Optional.empty();
    }
}
