package dev.svc.command;

/// The command line is not one of this command. The message, which may be empty, says what is wrong with it in a line.
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
