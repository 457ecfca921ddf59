package dev.svc.manifest;

import java.util.List;
import java.util.stream.Collectors;

/// A service bundle cannot be used; the message has one line for each finding.
public final class BundleException extends Exception {
    private static final long serialVersionUID = 1L;

    /// One mistake in a bundle.
    ///
    /// @param file as the bundle was named to the reader
    /// @param line counted from 1; 0: about the file as a whole
    /// @param sentence what is wrong, and what is allowed
    public record Finding(String file, int line, String sentence) {
        @Override public String toString() {
            return line > 0 ? file + ":" + line + ": " + sentence : file + ": " + sentence;
        }
    }

    private final transient List<Finding> findings;

    public BundleException(List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    BundleException(String file, int line, String sentence) {
        this(List.of(new Finding(file, line, sentence)));
    }

    public List<Finding> findings() {
        return findings;
    }
}
