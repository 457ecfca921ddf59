package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.protocol.MalformedLineException;
import java.io.IOException;

/// `await`: answers when nothing moves any more, that is when every enabled instance is online, in maintenance, or cannot get further
/// by itself.
record Settling(Patience patience) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException, InterruptedException {
        if (!inquiry.asked().truth("settled")) {
            throw new MalformedLineException("member \"settled\" must be true: there is nothing else to wait for");
        }
        if (!patience.await(inquiry, Published::settled)) {
            inquiry.replies().warning("instances are still in transition after " + inquiry.asked().number("timeout") + " s");
        }
    }
}
