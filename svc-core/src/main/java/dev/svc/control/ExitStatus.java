package dev.svc.control;

/// What a command exits with, the weightiest last.
enum ExitStatus {
    DONE(0),
    /// The dependencies of an instance that is waited for keep it from the state.
    DEPENDENCIES(4),
    /// The instance itself cannot get to the state.
    INSTANCE(3),
    /// Something was not done, or an operand means nothing.
    FAILED(1),
    /// The request itself makes no sense.
    USAGE(2);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// The weightier of the two.
    ExitStatus or(ExitStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
