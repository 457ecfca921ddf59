package dev.svc.protocol;

/// A record is intact and of a format that only a newer version of SVC knows: nothing may be done by whoever does not understand it.
public final class NewerVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NewerVersionException(String message) {
        super(message);
    }

    /// Refuses a record whose checksum is right but whose format is newer than `known`.
    ///
    /// @param record which one, for the message
    public static void refuseNewer(String record, long format, long known) {
        if (format > known) {
            throw new NewerVersionException(record + " is of format " + format + ", written by a newer svc.startd; this one, "
                    + Version.current() + ", reads formats up to " + known);
        }
    }
}
