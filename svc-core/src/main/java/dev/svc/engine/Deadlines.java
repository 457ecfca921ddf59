package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.BootTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// When each instance is next due, in order.
final class Deadlines {
    private record Due(BootTime at, InstanceFmri fmri) {}

    private final TreeSet<Due> order = new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::fmri));
    private final Map<InstanceFmri, Due> byInstance = new HashMap<>();

    void set(InstanceFmri fmri, Optional<BootTime> at) {
        Due old = byInstance.remove(fmri);
        if (old != null) {
            order.remove(old);
        }
        at.ifPresent(t -> {
            Due due = new Due(t, fmri);
            byInstance.put(fmri, due);
            order.add(due);
        });
    }

    Optional<BootTime> next() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.getFirst().at);
    }

    /// Takes out and yields the instances that are due.
    List<InstanceFmri> reached(BootTime now) {
        List<InstanceFmri> all = new ArrayList<>();
        while (!order.isEmpty() && now.reached(order.getFirst().at)) {
            Due due = order.removeFirst();
            byInstance.remove(due.fmri);
            all.add(due.fmri);
        }
        return all;
    }
}
