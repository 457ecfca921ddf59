package dev.svc.control;

import java.util.Set;

/// What somebody may do.
///
/// @param granted authorizations; one that ends with `.*` stands for all that begin like it
/// @param everything whether he may do all, whatever is granted
record Rights(Set<String> granted, boolean everything) {
    static final Rights ALL = new Rights(Set.of(), true);
    static final Rights NONE = new Rights(Set.of(), false);

    Rights {
        granted = Set.copyOf(granted);
    }

    boolean meet(Demand demand) {
        return everything || demand.sufficient().stream().anyMatch(this::has);
    }

    private boolean has(String authorization) {
        return granted.stream().anyMatch(g -> g.equals(authorization)
                || g.endsWith(".*") && authorization.startsWith(g.substring(0, g.length() - 1)));
    }
}
