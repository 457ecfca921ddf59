package dev.svc.control;

/// How it looks for an instance that is waited for.
sealed interface Verdict {
    Verdict REACHED = new Reached();
    Verdict NOT_YET = new NotYet();

    record Reached() implements Verdict {}

    record NotYet() implements Verdict {}

    /// It will not get there without an administrator.
    record Never(String why, ExitStatus status) implements Verdict {}
}
