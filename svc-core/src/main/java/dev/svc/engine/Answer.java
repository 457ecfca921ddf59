package dev.svc.engine;

/// What became of an administrative request.
public sealed interface Answer {
    /// It is recorded, and survives the manager (I7).
    record Done() implements Answer {}

    /// Nothing was changed, for the reason given.
    record Refused(String sentence) implements Answer {}

    /// It may have been recorded or not.
    record OutcomeUnknown(String sentence) implements Answer {}
}
