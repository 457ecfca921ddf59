package dev.svc.protocol;

import java.io.IOException;

/// A line is not what it should be: no JSON object, too long, or with a member that is missing or of the wrong type. The message says
/// what is wrong in one line; what follows on the same stream may still be good.
public final class MalformedLineException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedLineException(String message) {
        super(message);
    }

    static MalformedLineException tooLong(int longest) {
        return new MalformedLineException("line is longer than " + longest + " bytes");
    }
}
