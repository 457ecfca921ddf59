package dev.svc.graph;

/// How a milestone comes into force.
public enum Entry {
    /// Somebody asked for it, or the machine boots: inside, temporary settings are dropped; all that is outside goes down.
    REQUESTED,
    /// A new manager finds it in force: who was on the way down goes on, who changed sides and was not told is told; who was enabled since
    /// is left alone.
    TAKEN_OVER,
    /// Nobody remembers which one was in force, and a new manager assumes it: temporary settings stay as they are.
    ASSUMED
}
