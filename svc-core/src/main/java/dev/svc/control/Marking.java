package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.fmri.InstanceFmri;
import dev.svc.protocol.MalformedLineException;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.util.Optional;

/// What `mark` means: which state, how soon, and who asks. From a terminal it is an administrator; otherwise the service that the
/// asking process belongs to is remembered, for `svcs -x`.
record Marking(Requesters requesters) implements Acting.Actions {
    @Override public Action of(Inquiry inquiry, Published published) throws IOException {
        String state = inquiry.asked().text("state");
        Request.Haste haste = inquiry.asked().truth("immediate") ? Request.Haste.IMMEDIATE : Request.Haste.ORDERLY;
        boolean byService = !inquiry.asked().truth("tty");
        Optional<InstanceFmri> requester = byService ? requesters.of(inquiry, published) : Optional.empty();
        return switch (state) {
            case "maintenance" -> new Action.MarkMaintenance(new Request.MarkMaintenance(haste, requester, byService));
            case "degraded" -> new Action.MarkDegraded(new Request.MarkDegraded(requester, byService), haste);
            default -> throw new MalformedLineException("member \"state\" is \"" + state + "\"; it must be maintenance or degraded");
        };
    }
}
