package dev.svc.contract;

import dev.svc.posix.Death;

/// A death by a signal, with what could be learned of it right then: a moment later all that may be gone.
///
/// @param own where the process was
/// @param parents where its parent is
/// @param parentIsLauncher whether the parent is the launcher of the contract it is in: then the process is the method itself
/// @param memoryRanOut whether the kernel killed it to get memory
record Observed(Death death, Whereabouts own, Whereabouts parents, boolean parentIsLauncher, boolean memoryRanOut) {}
