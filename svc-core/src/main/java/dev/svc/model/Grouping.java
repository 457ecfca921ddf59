package dev.svc.model;

import java.util.Locale;
import java.util.Optional;

/// How the entities of a dependency count together.
public enum Grouping {
    REQUIRE_ALL, REQUIRE_ANY, OPTIONAL_ALL, EXCLUDE_ALL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Grouping> named(String word) {
        for (Grouping grouping : values()) {
            if (grouping.word().equals(word)) {
                return Optional.of(grouping);
            }
        }
        return Optional.empty();
    }
}
