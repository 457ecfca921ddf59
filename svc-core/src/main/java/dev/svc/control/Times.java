package dev.svc.control;

import java.time.Instant;

/// Points in time as SMF writes them: seconds since the epoch with nine digits of fraction.
final class Times {
    private static final int DIGITS = 9;

    private Times() {}

    static String text(Instant instant) {
        String nanos = Integer.toString(instant.getNano());
        return instant.getEpochSecond() + "." + "0".repeat(DIGITS - nanos.length()) + nanos;
    }

    /// @param seconds since the epoch
    static String text(double seconds) {
        return text(Instant.ofEpochSecond((long) seconds, Math.round((seconds - Math.floor(seconds)) * 1e6) * 1000));
    }
}
