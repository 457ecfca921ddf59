package dev.svc.contract;

/// A copy of a label is damaged; the message says in what way.
final class UnreadableLabelException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableLabelException(String message) {
        super(message);
    }
}
