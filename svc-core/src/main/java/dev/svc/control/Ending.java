package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Services;
import dev.svc.fmri.InstanceFmri;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// `shutdown`: ends the manager, with the services or without; with `within`, what has not stopped after so many seconds is killed.
record Ending(Submission submission) implements Verb {
    private static final long LONGEST_SECONDS = 1_000_000;

    @Override public void answer(Inquiry inquiry) throws IOException {
        Services services = inquiry.asked().truth("services") ? Services.STOPPED : Services.LEFT_RUNNING;
        if (Submission.permitted(inquiry, Demands.ending(), InstanceFmri.MASTER_RESTARTER, "not ended")) {
            submission.done(inquiry, new Administration.Shutdown(services, within(inquiry.asked()), inquiry.asker()));
        }
    }

    private static Optional<Duration> within(Members asked) throws MalformedLineException {
        OptionalLong seconds = asked.tryNumber("within");
        if (seconds.isPresent() && (seconds.getAsLong() < 0 || seconds.getAsLong() > LONGEST_SECONDS)) {
            throw new MalformedLineException("member \"within\" must be 0 to " + LONGEST_SECONDS + " seconds");
        }
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }
}
