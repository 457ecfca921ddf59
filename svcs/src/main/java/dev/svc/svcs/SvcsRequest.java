package dev.svc.svcs;

import java.util.List;
import java.util.Set;

/// What a command line of svcs asks for.
sealed interface SvcsRequest {
    /// Everything there is to say about options and columns.
    record Help() implements SvcsRequest {}

    record Version() implements SvcsRequest {}

    /// Which instances a listing has.
    enum Of {
        /// The operands; without them those enabled.
        OPERANDS("instances", "enabled"),
        /// The operands; without them all.
        ALL("instances", "all"),
        /// The instances that the operands depend on.
        DEPENDENCIES("dependencies", "all"),
        /// The instances that depend on the operands.
        DEPENDENTS("dependents", "all");

        private final String of;
        private final String select;

        Of(String of, String select) {
            this.of = of;
            this.select = select;
        }

        /// The word of the protocol.
        String of() { return of; }

        /// The word of the protocol for what is selected without operands.
        String select() { return select; }
    }

    /// Parts of a listing that may be shown or not.
    enum Part {
        HEADER, PROCESSES, PROPERTIES
    }

    /// One line an instance.
    ///
    /// @param restarters FMRIs of restarters; if any, only their instances
    record Lines(Of of, List<String> operands, List<String> restarters, List<Column> columns, List<SortKey> order,
            Set<Part> parts) implements SvcsRequest {}

    /// One paragraph an instance.
    record Paragraphs(List<String> operands, Set<Part> parts) implements SvcsRequest {}

    /// How much of a log is shown.
    enum LogDetail {
        PATH, CONTENTS
    }

    /// The logs of instances.
    record Logs(List<String> operands, LogDetail detail) implements SvcsRequest {}

    /// Parts of an explanation that may be shown or not.
    enum ExplanationPart {
        /// Paths, commands for manual pages, and the list of impacted instances.
        DETAIL,
        /// The last lines of the log.
        EXCERPT
    }

    /// Why instances do not run.
    record Explanations(List<String> operands, Set<ExplanationPart> parts) implements SvcsRequest {}

    /// Something that this system does not have; the sentence says what.
    record Refused(String sentence) implements SvcsRequest {}
}
