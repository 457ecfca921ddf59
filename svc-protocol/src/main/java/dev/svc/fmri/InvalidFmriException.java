package dev.svc.fmri;

/// The text is not an FMRI, or a part of it is not a legal name; the message says which part and what is allowed.
public final class InvalidFmriException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidFmriException(String message) {
        super(message);
    }
}
