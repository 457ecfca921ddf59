package dev.svc.engine;

import dev.svc.model.Change;
import java.util.List;

/// What a manager imports unasked when it begins.
///
/// @param changes one for each bundle, in order
/// @param refused why bundles with which nothing is wrong are left out: one sentence for each
public record Imports(List<Change> changes, List<String> refused) {
    public Imports {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
    }
}
