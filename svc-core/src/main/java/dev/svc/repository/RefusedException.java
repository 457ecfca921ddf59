package dev.svc.repository;

/// A change was not made, and nothing has happened. The message says why and is meant for whoever asked.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String sentence) {
        super(sentence);
    }

    public RefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
