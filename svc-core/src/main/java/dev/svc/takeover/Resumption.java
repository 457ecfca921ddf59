package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.Event;
import java.util.List;

/// What the restarter is to be told of an instance after takeover, in order; each with a fresh moment, its effects carried out before
/// the next.
public record Resumption(InstanceFmri fmri, List<Event> events) {
    public Resumption {
        events = List.copyOf(events);
    }
}
