package dev.svc.fmri;

/// What an operand that is not an exact FMRI stands for: a glob, or an abbreviation. Tested against canonical FMRIs.
public sealed interface FmriPattern {
    /// Yields the pattern that `operand` is: a [Wildcard] if it has any of `* ? [`, an [Abbreviation] otherwise.
    static FmriPattern of(String operand) {
        return Glob.isGlob(operand) ? new Wildcard(operand) : new Abbreviation(operand);
    }

    /// The pattern as warnings show it.
    String text();

    /// Whether the pattern stands for the canonical FMRI `fmri`.
    boolean matches(String fmri);

    /// A glob over whole canonical FMRIs. `svc:/` is put before it unless it begins with `*` or a scheme.
    final class Wildcard implements FmriPattern {
        private final String text;
        private final Glob glob;

        Wildcard(String operand) {
            text = withScheme(operand);
            glob = new Glob(text);
        }

        private static String withScheme(String operand) {
            if (operand.startsWith("*") || operand.length() > 3 && operand.charAt(3) == ':') {
                return operand;
            }
            return (operand.startsWith("/") ? "svc:" : "svc:/") + operand;
        }

        @Override public String text() { return text; }

        @Override public boolean matches(String fmri) { return glob.matches(fmri); }
    }

    /// A part of an FMRI that begins at a component (or with `:`), ends at the end of the FMRI or before a `:` (or with one), and reaches
    /// behind the scheme. Unlike the original, every occurrence counts, not only the first.
    record Abbreviation(String text) implements FmriPattern {
        private static final int SCHEME = "svc:".length();

        @Override public boolean matches(String fmri) {
            // A bare ':' would satisfy both rules at each instance's own colon.
            if (text.isEmpty() || text.equals(":")) {
                return false;
            }
            for (int i = fmri.indexOf(text); i >= 0; i = fmri.indexOf(text, i + 1)) {
                int end = i + text.length();
                if (end > SCHEME && begins(fmri, i) && ends(fmri, end)) {
                    return true;
                }
            }
            return false;
        }

        private boolean begins(String fmri, int at) {
            return at == 0 || fmri.charAt(at - 1) == '/' || fmri.charAt(at - 1) == ':' || text.charAt(0) == ':';
        }

        private boolean ends(String fmri, int at) {
            return at == fmri.length() || fmri.charAt(at) == ':' || text.charAt(text.length() - 1) == ':';
        }
    }
}
