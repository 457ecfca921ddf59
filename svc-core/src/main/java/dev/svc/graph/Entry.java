package dev.svc.graph;

/// How a milestone comes into force.
public enum Entry {
    /// Somebody asked for it: inside, temporary settings are dropped; all that is outside goes down.
    REQUESTED,
    /// The manager starts, and it had not been reached, or this is a boot: outside, only who was enabled temporarily may stay.
    INTERRUPTED,
    /// The manager starts and it had been reached: nobody is told anything for its sake.
    REACHED
}
