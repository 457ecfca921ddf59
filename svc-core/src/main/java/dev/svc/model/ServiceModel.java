package dev.svc.model;

import java.util.Optional;

/// What "running" means for an instance: `startd/duration`.
public enum ServiceModel {
    /// A daemon: running while its contract has a process.
    CONTRACT("contract"),
    /// A one-shot: running once its start method succeeded.
    TRANSIENT("transient"),
    /// Running while the process of the start method itself lives ("wait").
    CHILD("child");

    private final String word;

    ServiceModel(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// The model of that name; `wait` is an alias of `child`.
    public static Optional<ServiceModel> named(String word) {
        return switch (word) {
            case "contract" -> Optional.of(CONTRACT);
            case "transient" -> Optional.of(TRANSIENT);
            case "child", "wait" -> Optional.of(CHILD);
            default -> Optional.empty();
        };
    }
}
