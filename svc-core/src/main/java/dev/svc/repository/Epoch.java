package dev.svc.repository;

import dev.svc.model.Sequence;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An era of the repository: a counter, raised at a deliberate restore, and a random suffix, as two machines may raise it alike.
/// Text form `3.a1b2c3d4`.
record Epoch(long counter, String suffix) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{8})");

    static Epoch of(Sequence sequence) {
        return new Epoch(sequence.epoch(), sequence.epochSuffix());
    }

    static Epoch fresh(long counter, RandomGenerator random) {
        return new Epoch(counter, HexFormat.of().toHexDigits(random.nextInt()));
    }

    static Optional<Epoch> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new Epoch(Long.parseLong(matcher.group(1)), matcher.group(2))) : Optional.empty();
    }

    Sequence number(long number) {
        return new Sequence(counter, suffix, number);
    }

    @Override public String toString() {
        return counter + "." + suffix;
    }
}
