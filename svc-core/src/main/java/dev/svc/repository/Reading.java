package dev.svc.repository;

import dev.svc.model.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a database file yielded, and what is wrong with it (V1 to V3).
///
/// @param meta the row of table meta, if there is one and its hash holds
/// @param rows the rows whose hash holds
/// @param findings none: the file is sound
record Reading(Path file, Optional<Meta> meta, Rows rows, List<Finding> findings) {
    Reading {
        findings = List.copyOf(findings);
    }

    static Reading none(Path file, List<Finding> findings) {
        return new Reading(file, Optional.empty(), new Rows(), findings);
    }

    boolean sound() {
        return findings.isEmpty() && meta.isPresent();
    }

    /// The last change in it, if that can be believed.
    Optional<Sequence> sequence() {
        return meta.map(Meta::sequence);
    }
}
