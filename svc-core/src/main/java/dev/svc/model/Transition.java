package dev.svc.model;

import dev.svc.fmri.InstanceFmri;

/// A completed change of state, as the graph is told it; `from == to` with [ErrorClass#REFRESH] is a completed refresh.
public record Transition(InstanceFmri fmri, State from, State to, ErrorClass error) {}
