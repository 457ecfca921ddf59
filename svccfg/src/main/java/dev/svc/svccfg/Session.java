package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.Members;
import java.io.IOException;

/// Where a request is fulfilled.
///
/// @param volume whether what is done is told too
record Session(Console console, Client client, Volume volume) {
    enum Volume {
        QUIET, VERBOSE
    }

    boolean isVerbose() { return volume == Volume.VERBOSE; }

    /// Prints a line that only a verbose session has.
    void tell(String line) {
        if (isVerbose()) {
            console.out().print(line + "\n");
        }
    }

    /// Shows `reply` if it is an error or a warning; yields whether it is an error.
    boolean showComplaint(Members reply) throws IOException {
        reply.tryText("warning").ifPresent(console::warn);
        reply.tryText("error").ifPresent(console::warn);
        return reply.tryText("error").isPresent();
    }
}
