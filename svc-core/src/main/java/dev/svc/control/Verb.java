package dev.svc.control;

import java.io.IOException;

/// Answers one kind of request. Called from the virtual thread of the client, many at a time.
interface Verb {
    /// Says everything but the end line.
    ///
    /// @throws dev.svc.protocol.MalformedLineException if a member is missing or of the wrong type
    /// @throws IOException if the client is gone
    void answer(Inquiry inquiry) throws IOException, InterruptedException;
}
