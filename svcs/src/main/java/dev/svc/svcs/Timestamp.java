package dev.svc.svcs;

import dev.svc.protocol.MalformedLineException;

/// A moment as the protocol writes it: seconds since 1970, a point, and up to nine digits of fraction.
record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {
    private static final int DIGITS = 9;

    static final Timestamp NEVER = new Timestamp(0, 0);

    /// @throws MalformedLineException if `text` is no such moment
    static Timestamp parse(String text) throws MalformedLineException {
        try {
            return parsed(text);
        } catch (NumberFormatException _) {
            throw new MalformedLineException("\"" + text + "\" is not a moment");
        }
    }

    private static Timestamp parsed(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return new Timestamp(Long.parseLong(text), 0);
        }
        int nanos = 0;
        for (int i = point + 1; i <= point + DIGITS; i++) {
            nanos = nanos * 10 + (i < text.length() ? text.charAt(i) - '0' : 0);
        }
        return new Timestamp(Long.parseLong(text, 0, point, 10), nanos);
    }

    @Override public int compareTo(Timestamp other) {
        return seconds != other.seconds ? Long.compare(seconds, other.seconds) : Integer.compare(nanos, other.nanos);
    }
}
