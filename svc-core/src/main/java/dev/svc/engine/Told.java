package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.Event;

/// An event on its way to an instance.
record Told(InstanceFmri to, Event event) {}
