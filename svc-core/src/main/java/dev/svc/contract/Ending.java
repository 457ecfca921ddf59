package dev.svc.contract;

import dev.svc.posix.ProcessIdentity;
import java.util.Optional;

/// That all services were stopped, and with which exit status the manager was to end.
///
/// @param keeper which kept that manager, and would start it again if it were killed now
public record Ending(Optional<ProcessIdentity> keeper, int status) {}
