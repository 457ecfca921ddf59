package dev.svc.control;

import dev.svc.engine.Asker;
import dev.svc.protocol.Members;

/// A request being answered: what was asked, who may do what, and where the answer goes.
record Inquiry(Members asked, Peer peer, Rights rights, Replies replies) {
    Asker asker() {
        return peer.asker();
    }
}
