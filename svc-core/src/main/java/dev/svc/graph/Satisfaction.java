package dev.svc.graph;

/// Whether what an instance needs is there: the tri-state of the original, exact ("deep") always.
public enum Satisfaction {
    /// Not there, and nothing but an administrator (or a file that appears) can change that.
    UNSATISFIABLE,
    /// Not there yet; it may come by itself.
    UNSATISFIED, SATISFIED
}
