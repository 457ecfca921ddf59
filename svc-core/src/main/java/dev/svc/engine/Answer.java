package dev.svc.engine;

/// What became of an administrative request.
public sealed interface Answer {
    /// It is recorded, and survives the manager (I7).
    record Done() implements Answer {}

    /// Nothing was changed, for the reason given.
    record Refused(String sentence) implements Answer {}

    /// Nothing was changed: what the change was computed from has been changed by somebody else since. Computed anew, it may succeed.
    record Conflict(String sentence) implements Answer {}

    /// It may have been recorded or not.
    record OutcomeUnknown(String sentence) implements Answer {}
}
