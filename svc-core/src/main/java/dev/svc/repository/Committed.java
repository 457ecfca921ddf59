package dev.svc.repository;

import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.util.List;

/// Changes are recorded: they survive whatever happens next.
///
/// @param sequence the last of them; each took one number, in order
/// @param model the configuration with them
/// @param findings what was noticed on the way, such as a database file that was deleted under us and has been written again
public record Committed(Sequence sequence, Model model, List<Finding> findings) {
    public Committed {
        findings = List.copyOf(findings);
    }
}
