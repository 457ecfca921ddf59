package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import java.time.Duration;
import java.util.Optional;

/// Why a manager only looks on: its predecessors died one after the other, each soon after its start, so that the next would probably die
/// of the same, and each may have done half of something before.
///
/// The keeper counts: a death is quick if the manager lived less than a minute and was not killed by SIGKILL, which is somebody else's
/// doing and tells nothing about the manager. A manager that lived longer ends the count.
///
/// @param deaths how many there were in a row
/// @param at the instance at which the last was at work
/// @param patience after how long it is tried again without being told
public record Caution(int deaths, Optional<InstanceFmri> at, Duration patience) {
    /// So many quick deaths in a row are believed to be no accident.
    public static final int DEATHS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// What a manager with so many quick deaths before it is to be, nothing if like any other.
    public static Optional<Caution> after(int deaths, Optional<InstanceFmri> at) {
        return deaths >= DEATHS ? Optional.of(new Caution(deaths, at, PATIENCE)) : Optional.empty();
    }

    /// What the administrator is told.
    String notice() {
        return "the manager died " + deaths + " times in a row soon after its start"
                + at.map(fmri -> ", last while it was at work on " + fmri).orElse("") + ": nothing is started, stopped or noticed for "
                + patience.toMinutes() + " minutes, or until told to go on; changes are recorded";
    }
}
