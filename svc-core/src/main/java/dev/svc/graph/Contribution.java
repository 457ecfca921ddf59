package dev.svc.graph;

/// What one entity adds to a group that names it: satisfaction, or nothing at all (an optional entity that does not count).
enum Contribution {
    UNSATISFIABLE, UNSATISFIED, SATISFIED, IGNORED;

    static Contribution of(Satisfaction satisfaction) {
        return switch (satisfaction) {
            case UNSATISFIABLE -> UNSATISFIABLE;
            case UNSATISFIED -> UNSATISFIED;
            case SATISFIED -> SATISFIED;
        };
    }
}
