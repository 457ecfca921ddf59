package dev.svc.repository;

import dev.svc.model.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A repository after verification and, if need was, a rebuild.
///
/// @param findings what verification noticed, in the order of the checks; empty if all is well
/// @param report the report of the rebuild, if there was one and it could be written
public record Opened(Repository repository, Model model, Freshness freshness, List<Finding> findings, Optional<Path> report) {
    public Opened {
        findings = List.copyOf(findings);
    }
}
