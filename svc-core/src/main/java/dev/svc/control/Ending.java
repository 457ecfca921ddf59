package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Services;
import dev.svc.fmri.InstanceFmri;
import java.io.IOException;

/// `shutdown`: ends the manager, with the services or without.
record Ending(Submission submission) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        Services services = inquiry.asked().truth("services") ? Services.STOPPED : Services.LEFT_RUNNING;
        if (Submission.permitted(inquiry, Demands.ending(), InstanceFmri.MASTER_RESTARTER, "not ended")) {
            submission.done(inquiry, new Administration.Shutdown(services, inquiry.asker()));
        }
    }
}
