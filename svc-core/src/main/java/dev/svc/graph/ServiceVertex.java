package dev.svc.graph;

import java.util.SortedSet;
import java.util.TreeSet;

/// A service as dependencies name it: any of its instances will do, and every one of them is excluded.
final class ServiceVertex extends Vertex {
    private final SortedSet<InstanceVertex> instances = new TreeSet<>();
    private final Tally required = new Tally();
    private final Tally optional = new Tally();
    private final Tally excluded = new Tally();

    ServiceVertex(String name) {
        super(name, Contributions.ABSENT);
    }

    /// Those that are configured.
    SortedSet<InstanceVertex> instances() {
        return instances;
    }

    void join(InstanceVertex instance) {
        if (instances.add(instance)) {
            required.add(instance.told().required());
            optional.add(instance.told().optional());
            excluded.add(instance.told().excluded());
        }
    }

    void leave(InstanceVertex instance) {
        if (instances.remove(instance)) {
            required.remove(instance.told().required());
            optional.remove(instance.told().optional());
            excluded.remove(instance.told().excluded());
        }
    }

    /// An instance that belongs to it tells something else than before.
    void hear(Contributions old, Contributions now) {
        required.replace(old.required(), now.required());
        optional.replace(old.optional(), now.optional());
        excluded.replace(old.excluded(), now.excluded());
    }

    @Override Contributions contributions() {
        return new Contributions(Contribution.of(required.any()), wanted(), Contribution.of(excluded.all()));
    }

    private Contribution wanted() {
        boolean noneCounts = !optional.has(Contribution.SATISFIED) && !optional.has(Contribution.UNSATISFIED)
                && !optional.has(Contribution.UNSATISFIABLE);
        return noneCounts ? Contribution.IGNORED : Contribution.of(optional.any());
    }
}
