package dev.svc.contract;

import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.util.Optional;

/// Another manager is at work in the same root.
public final class RootHeldException extends IOException {
    private static final long serialVersionUID = 1L;

    RootHeldException(SvcRoot root, Optional<Long> holder) {
        super("another manager" + holder.map(pid -> " (pid " + pid + ")").orElse("") + " holds the root " + root);
    }
}
