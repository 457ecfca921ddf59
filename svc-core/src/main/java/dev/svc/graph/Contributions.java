package dev.svc.graph;

import dev.svc.model.Grouping;

/// What one entity adds to groups that require it, that want it if it is enabled, and that exclude it.
record Contributions(Contribution required, Contribution optional, Contribution excluded) {
    static final Contributions ABSENT = new Contributions(Contribution.UNSATISFIABLE, Contribution.IGNORED, Contribution.SATISFIED);
    static final Contributions UNKNOWN = new Contributions(Contribution.UNSATISFIED, Contribution.UNSATISFIED, Contribution.UNSATISFIED);
    static final Contributions PRESENT = new Contributions(Contribution.SATISFIED, Contribution.SATISFIED, Contribution.UNSATISFIABLE);
    /// A file that is missing: even an optional one counts.
    static final Contributions MISSING = new Contributions(Contribution.UNSATISFIABLE, Contribution.UNSATISFIABLE, Contribution.SATISFIED);

    Contribution to(Grouping grouping) {
        return switch (grouping) {
            case REQUIRE_ALL, REQUIRE_ANY -> required;
            case OPTIONAL_ALL -> optional;
            case EXCLUDE_ALL -> excluded;
        };
    }
}
