package dev.svc.manifest;

import java.util.Optional;

/// The document type declaration, read from the text by itself: the XML parser is told to pass over it, so that nothing in it can act.
///
/// @param systemId empty if there is none
/// @param subset what stands between brackets
record Doctype(String name, String systemId, String subset) {
    static final String NAME = "service_bundle";
    static final String SYSTEM_ID = "/usr/share/lib/xml/dtd/service_bundle.dtd.1";

    /// The declaration as it must be.
    static final String EXPECTED = "<!DOCTYPE " + NAME + " SYSTEM '" + SYSTEM_ID + "'>";

    /// The declaration before the first element; empty if there is none.
    static Optional<Doctype> of(String document) {
        return new Scan(document).doctype();
    }

    boolean isServiceBundle() { return name.equals(NAME) && systemId.equals(SYSTEM_ID); }

    /// Walks over the prolog.
    private static final class Scan {
        private static final String KEYWORD = "<!DOCTYPE";

        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        Optional<Doctype> doctype() {
            while (true) {
                skipBlanks();
                if (text.startsWith("<?", at)) {
                    skipBehind("?>");
                } else if (text.startsWith("<!--", at)) {
                    skipBehind("-->");
                } else {
                    return text.startsWith(KEYWORD, at) ? Optional.of(declaration()) : Optional.empty();
                }
            }
        }

        private Doctype declaration() {
            at += KEYWORD.length();
            skipBlanks();
            String name = word();
            skipBlanks();
            String systemId = "";
            String keyword = word();
            if (keyword.equals("PUBLIC")) {
                skipBlanks();
                literal();
            }
            if (!keyword.isEmpty()) {
                skipBlanks();
                systemId = literal();
            }
            skipBlanks();
            return new Doctype(name, systemId, subset());
        }

        /// To the first closing bracket: whatever it has is only refused, so that its grammar does not matter.
        private String subset() {
            if (!text.startsWith("[", at)) {
                return "";
            }
            int end = text.indexOf(']', at);
            return end < 0 ? text.substring(at + 1) : text.substring(at + 1, end);
        }

        private String word() {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_:.-".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            return text.substring(start, at);
        }

        private String literal() {
            if (at >= text.length() || text.charAt(at) != '"' && text.charAt(at) != '\'') {
                return "";
            }
            int end = text.indexOf(text.charAt(at), at + 1);
            String value = end < 0 ? "" : text.substring(at + 1, end);
            at = end < 0 ? text.length() : end + 1;
            return value;
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }

        private void skipBehind(String end) {
            int found = text.indexOf(end, at);
            at = found < 0 ? text.length() : found + end.length();
        }
    }
}
