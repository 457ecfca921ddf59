package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.protocol.MalformedLineException;
import dev.svc.restarter.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the service a request comes from: the instance in whose contract the asking process is.
///
/// The JDK does not tell a peer's pid, so the client names its own; it must be one of the same user. Nothing but a remark rests on it.
record Requesters(Administered engine) {
    Optional<InstanceFmri> of(Inquiry inquiry, Published published) throws MalformedLineException {
        OptionalLong pid = inquiry.asked().tryNumber("pid");
        if (pid.isEmpty() || !belongsTo(inquiry.peer(), pid.getAsLong())) {
            return Optional.empty();
        }
        return published.standings().entrySet().stream().filter(e -> hasContract(e.getValue()))
                .filter(e -> engine.members(e.getKey()).stream().anyMatch(m -> m.pid() == pid.getAsLong())).map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean belongsTo(Peer peer, long pid) {
        try {
            return Files.getOwner(Path.of("/proc/" + pid)).equals(peer.principal());
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean hasContract(Standing standing) {
        Phase phase = standing.label().phase();
        return phase.primary().isPresent() || phase.transientContract().isPresent();
    }
}
