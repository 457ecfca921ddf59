package dev.svc.engine;

/// A broken invariant of the manager itself, with the value that broke it. Never a mistake of a user.
final class BugException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BugException(String message) {
        super(message);
    }
}
