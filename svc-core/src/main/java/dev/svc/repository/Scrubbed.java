package dev.svc.repository;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a scrub found. Nothing is lost by what it finds: the database was written again from memory.
///
/// @param findings empty if all is well
/// @param report where it is told, if something was found and the report could be written
public record Scrubbed(List<Finding> findings, Optional<Path> report) {
    public Scrubbed {
        findings = List.copyOf(findings);
    }
}
