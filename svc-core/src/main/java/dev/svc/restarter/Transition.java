package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ErrorClass;

/// A completed change of state, as the graph is told it; `from == to` with [ErrorClass#REFRESH] is a completed refresh.
public record Transition(InstanceFmri fmri, State from, State to, ErrorClass error) {}
