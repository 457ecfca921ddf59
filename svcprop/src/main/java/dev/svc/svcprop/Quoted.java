package dev.svc.svcprop;

/// The text of a value as a shell can take it apart: an empty one as `""`, and what separates words behind a backslash.
final class Quoted {
    private static final String SPECIAL = ";&()|^<>\n \t\\\"'`";

    private Quoted() {}

    static void append(StringBuilder text, String value) {
        if (value.isEmpty()) {
            text.append("\"\"");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                text.append('\\');
            }
            text.append(c);
        }
    }
}
