package dev.svc.svcadm;

import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a subcommand asks of the manager: a verb of the protocol, its operands, and how it is to be done.
///
/// @param texts members of the request besides the operands, such as the comment or the state to mark
/// @param timeout how long to wait at most; only when synchronous
record Request(String verb, List<String> operands, Set<How> how, List<Text> texts, Optional<Duration> timeout) {
    /// How a change is to be made; the member of the protocol that says so is the name in lower case, except where given.
    enum How {
        TEMPORARY("temporary"), RECURSIVE("recursive"), SYNCHRONOUS("synchronous"), DUMP("dump"), IMMEDIATE("immediate"),
        /// Also for the boots to come.
        AT_BOOT("default");

        private final String member;

        How(String member) {
            this.member = member;
        }
    }

    /// A member with a text.
    record Text(String member, String text) {}

    /// What is done if the connection breaks in the midst: a restart is not asked for twice, as it might happen twice.
    Client.Repeat repeat() {
        return verb.equals("restart") ? Client.Repeat.NEVER : Client.Repeat.WHEN_BROKEN;
    }

    /// The request as the protocol has it; operands are left out where instances are selected by state.
    JsonObjectBuilder members() {
        JsonObjectBuilder members = JsonLines.object().add("do", verb);
        if (!operands.isEmpty()) {
            members.add("patterns", JsonLines.array(operands));
        }
        for (How flag : how) {
            members.add(flag.member, true);
        }
        for (Text text : texts) {
            members.add(text.member, text.text);
        }
        if (timeout.isPresent()) {
            members.add("timeout", timeout.get().toSeconds());
        }
        return members;
    }
}
