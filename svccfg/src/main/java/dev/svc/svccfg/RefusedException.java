package dev.svc.svccfg;

/// What is asked for cannot be; the sentence says why. Exit status 1.
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String sentence) {
        super(sentence);
    }
}
