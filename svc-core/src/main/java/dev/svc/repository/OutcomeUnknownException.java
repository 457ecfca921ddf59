package dev.svc.repository;

/// The disk neither took a change nor refused it: it may turn up at the next start. Until the disk works again, changes are refused.
public final class OutcomeUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
