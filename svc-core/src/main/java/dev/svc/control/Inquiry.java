package dev.svc.control;

import dev.svc.engine.Asker;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;

/// A request being answered: what was asked, who may do what, and where the answer goes.
record Inquiry(Members asked, Peer peer, Rights rights, Replies replies) {
    Asker asker() {
        return peer.asker();
    }

    /// Whether it was asked before, and the connection broke before it was answered: what is as asked was done then.
    boolean isAgain() throws MalformedLineException { return asked.truth("again"); }
}
