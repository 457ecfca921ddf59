package dev.svc.control;

import java.util.List;

/// What it takes to do something: any one of some authorizations.
///
/// @param sufficient the most specific first; never empty
record Demand(List<String> sufficient) {
    Demand {
        sufficient = List.copyOf(sufficient);
    }

    /// The one to name in a refusal.
    String mostSpecific() {
        return sufficient.getFirst();
    }
}
