package dev.svc.graph;

/// How many contributions of each kind there are: a group or service with thousands of members is judged without visiting them.
final class Tally {
    private static final Contribution[] KINDS = Contribution.values();

    private final int[] counts = new int[KINDS.length];

    void add(Contribution contribution) {
        counts[contribution.ordinal()]++;
    }

    void remove(Contribution contribution) {
        counts[contribution.ordinal()]--;
    }

    void replace(Contribution old, Contribution now) {
        remove(old);
        add(now);
    }

    boolean has(Contribution contribution) {
        return counts[contribution.ordinal()] > 0;
    }

    boolean isEmpty() {
        for (int count : counts) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    /// Satisfied if nothing speaks against it.
    Satisfaction all() {
        if (has(Contribution.UNSATISFIABLE)) {
            return Satisfaction.UNSATISFIABLE;
        }
        return has(Contribution.UNSATISFIED) ? Satisfaction.UNSATISFIED : Satisfaction.SATISFIED;
    }

    /// Satisfied if anything speaks for it.
    Satisfaction any() {
        if (has(Contribution.SATISFIED)) {
            return Satisfaction.SATISFIED;
        }
        return has(Contribution.UNSATISFIED) ? Satisfaction.UNSATISFIED : Satisfaction.UNSATISFIABLE;
    }
}
