package dev.svc.model;

import java.util.Locale;
import java.util.Optional;

/// Which stops of a dependency stop and restart its dependent.
public enum RestartOn {
    NONE, ERROR, RESTART, REFRESH;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RestartOn> named(String word) {
        for (RestartOn restartOn : values()) {
            if (restartOn.word().equals(word)) {
                return Optional.of(restartOn);
            }
        }
        return Optional.empty();
    }

    /// Whether a dependent with this setting restarts after a stop of class `error`.
    public boolean covers(ErrorClass error) {
        return error != ErrorClass.NONE && error.ordinal() <= ordinal();
    }
}
