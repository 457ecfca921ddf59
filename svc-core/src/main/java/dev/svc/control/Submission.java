package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// Hands what is to be done to the engine, once the asker may.
record Submission(Administered engine) {
    /// Whether the asker may; if not, says so.
    ///
    /// @param what is not done, such as `svc:/a:b: not enabled`
    static boolean permitted(Inquiry inquiry, Demand demand, Object fmri, String what) throws IOException {
        if (inquiry.rights().meet(demand)) {
            return true;
        }
        inquiry.replies().error(fmri + ": Permission denied: " + what + "; needs authorization " + demand.mostSpecific());
        return false;
    }

    /// The same; somebody who asked to hear more hears which property it is about.
    ///
    /// @param property what would be written in SMF, `group/property`
    static boolean permitted(Inquiry inquiry, Demand demand, Object fmri, String what, String property) throws IOException {
        String which = inquiry.asked().truth("verbose") ? "Couldn't modify \"" + property + "\" property: " : "";
        return permitted(inquiry, demand, fmri, which + what);
    }

    CompletableFuture<Answer> begin(Administration request) {
        return engine.submit(request);
    }

    /// Whether it is done and recorded; if not, says why.
    static boolean isDone(Inquiry inquiry, Answer answer) throws IOException {
        return switch (answer) {
            case Answer.Done _ -> true;
            case Answer.Refused refused -> {
                inquiry.replies().error(refused.sentence());
                yield false;
            }
            case Answer.Conflict conflict -> {
                inquiry.replies().error(conflict.sentence());
                yield false;
            }
            case Answer.OutcomeUnknown unknown -> {
                inquiry.replies().error("outcome unknown: " + unknown.sentence());
                yield false;
            }
        };
    }

    /// Submits and waits until it is recorded or refused.
    boolean done(Inquiry inquiry, Administration request) throws IOException {
        return isDone(inquiry, begin(request).join());
    }
}
