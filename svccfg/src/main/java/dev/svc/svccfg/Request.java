package dev.svc.svccfg;

import java.io.IOException;

/// What a subcommand was asked to do.
interface Request {
    /// Does it and yields the exit status.
    ///
    /// @throws IOException if the manager's answer could not be had
    int fulfil(Session session) throws IOException;
}
