package dev.svc.contract;

import dev.svc.posix.ProcessIdentity;
import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.util.Optional;

/// That all services were stopped, and with which exit status the manager was to end.
///
/// @param keeper which kept that manager, and would start it again if it were killed now
public record Ending(Optional<ProcessIdentity> keeper, int status) {
    /// The ending by which this boot was forgotten last, or is being forgotten. A manager that the same keeper keeps was not to be started.
    public static Optional<Ending> last(SvcRoot root) throws IOException {
        return new RunDirectory(root.run()).ended(BootIdentity.current());
    }
}
