package dev.svc.simulation;

/// The simulated manager was killed: nothing it does from here on has any effect.
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
