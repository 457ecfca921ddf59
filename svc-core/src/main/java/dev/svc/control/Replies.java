package dev.svc.control;

import dev.svc.protocol.JsonLines;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/// The answer to one request, line by line as it comes about; a line waits until the client has taken those before it.
final class Replies {
    private static final byte[] EMPTY_LINE = {'\n'};

    private final OutputStream out;
    private final OptionalLong id;
    private ExitStatus status = ExitStatus.DONE;

    Replies(OutputStream out, OptionalLong id) {
        this.out = out;
        this.id = id;
    }

    /// A line to be completed and given to [#send].
    JsonObjectBuilder line() {
        JsonObjectBuilder line = JsonLines.object();
        id.ifPresent(number -> line.add("id", number));
        return line;
    }

    void send(JsonObjectBuilder line) throws IOException {
        byte[] bytes = JsonLines.bytes(line.build());
        if (bytes.length > JsonLines.LONGEST) {
            error("a part of the answer has " + bytes.length + " bytes, which is too long for a line; at most " + JsonLines.LONGEST);
        } else {
            out.write(bytes);
        }
    }

    /// Says that `fmri` was acted on.
    ///
    /// @param text for somebody who wants to know
    void done(Object fmri, String text) throws IOException {
        send(line().add("done", fmri.toString()).add("text", text));
    }

    void note(String text) throws IOException {
        send(line().add("note", text));
    }

    /// Says what was wrong with a part of the request.
    void warning(String text) throws IOException {
        warning(text, ExitStatus.FAILED);
    }

    void warning(String text, ExitStatus because) throws IOException {
        status = status.or(because);
        send(line().add("warning", text));
    }

    void warnings(List<String> texts) throws IOException {
        for (String text : texts) {
            warning(text);
        }
    }

    /// Says why something was not done.
    void error(String text) throws IOException {
        status = status.or(ExitStatus.FAILED);
        send(line().add("error", text));
    }

    /// Lets the client see what there is so far, and shows whether it is still there.
    ///
    /// @throws IOException if it is not
    void keepAlive() throws IOException {
        out.write(EMPTY_LINE);
        out.flush();
    }

    boolean hasFailed() {
        return status == ExitStatus.FAILED;
    }

    void end() throws IOException {
        send(line().add("status", status.number()));
        out.flush();
    }
}
