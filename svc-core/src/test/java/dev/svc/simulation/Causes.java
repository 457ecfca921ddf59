package dev.svc.simulation;

import dev.svc.fmri.InstanceFmri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When something last happened that may explain what a manager does to an instance.
final class Causes {
    private final Scenario scenario;
    private final Map<InstanceFmri, Long> last = new HashMap<>();

    Causes(Scenario scenario) {
        this.scenario = scenario;
    }

    void cause(InstanceFmri fmri, String how) {
        scenario.tell("cause: %s %s", fmri, how);
        last.put(fmri, scenario.now());
    }

    void all(String how) {
        scenario.site.all().forEach(f -> cause(f, how));
    }

    /// The same for all that may follow it.
    void from(InstanceFmri fmri, String how) {
        Set<InstanceFmri> seen = new HashSet<>();
        List<InstanceFmri> open = new ArrayList<>(List.of(fmri));
        while (!open.isEmpty()) {
            InstanceFmri one = open.removeLast();
            if (seen.add(one)) {
                cause(one, how);
                scenario.site.all().stream().filter(other -> concerns(one, other)).forEach(open::add);
            }
        }
    }

    /// What an instance does may concern those that name it.
    void concernsDependents(InstanceFmri fmri) {
        scenario.site.all().stream().filter(other -> concerns(fmri, other)).forEach(other -> last.put(other, scenario.now()));
    }

    private boolean concerns(InstanceFmri fmri, InstanceFmri other) {
        Site.Service service = scenario.site.service(other);
        return service.needs().contains(fmri) || service.excludes().contains(fmri)
                || scenario.site.service(fmri).excludes().contains(other);
    }

    boolean isAnySince(InstanceFmri fmri, long when) {
        return last.getOrDefault(fmri, 0L) >= when;
    }

    /// When there was the last one; now, if there was none.
    long last(InstanceFmri fmri) {
        return last.getOrDefault(fmri, scenario.now());
    }
}
