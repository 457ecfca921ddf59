package dev.svc.contract;

import dev.svc.posix.ProcessIdentity;
import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.util.Optional;

/// That all services were stopped, and with which exit status the manager was to end.
///
/// @param keeper which kept that manager, and would start it again if it were killed now
public record Ending(Optional<ProcessIdentity> keeper, int status) {
    /// The last one of this boot, for whoever has no contracts open.
    public static Optional<Ending> last(SvcRoot root) throws IOException {
        return new RunDirectory(root.run()).ended(BootIdentity.current());
    }
}
