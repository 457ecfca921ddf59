package dev.svc.property;

/// A value is not of its type; the message gives the value, the type and what is allowed.
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
