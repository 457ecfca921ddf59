package dev.svc.manifest;

import java.util.Optional;

/// What stands before the first element, read from the text by itself: the XML parser is told to pass over the document type
/// declaration, so that nothing in it can act, and it does not say where the first element begins.
///
/// @param doctype empty if there is none
/// @param doctypeLine where it begins, counted from 1; without one, the line of the first element
/// @param rootLine the line of the first element, counted from 1
record Prolog(Optional<Doctype> doctype, int doctypeLine, int rootLine) {
    /// The prolog of `document`; of no use, but harmless, if that is not XML.
    static Prolog of(String document) {
        return new Scan(document).prolog();
    }

    /// Walks over the prolog.
    private static final class Scan {
        private static final String KEYWORD = "<!DOCTYPE";

        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        Prolog prolog() {
            skipMisc();
            int doctypeLine = line();
            Optional<Doctype> doctype = text.startsWith(KEYWORD, at) ? Optional.of(declaration()) : Optional.empty();
            if (doctype.isPresent()) {
                skipBehind(">");
                skipMisc();
            }
            return new Prolog(doctype, doctypeLine, line());
        }

        private int line() {
            return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        }

        private void skipMisc() {
            while (true) {
                skipBlanks();
                if (text.startsWith("<?", at)) {
                    skipBehind("?>");
                } else if (text.startsWith("<!--", at)) {
                    skipBehind("-->");
                } else {
                    return;
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
