package dev.svc.svccfg;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The arguments of a subcommand as svccfg's own language has them: signs `= ( ) >`, words between them, and texts in double quotes.
///
/// The shell has taken its quotes away, so words are joined and taken apart again, as they always were: `'config/port = count: 80'` as one
/// argument or as four is the same. Only an argument with blanks and none of the language's signs is kept whole: nobody would write one
/// for any other reason.
final class Words implements Iterator<Words.Word> {
    /// One of them.
    ///
    /// @param text without its quotes
    record Word(Kind kind, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    enum Kind {
        SIGN, BARE, QUOTED
    }

    private static final String SIGNS = "=()>";
    private static final String BLANKS = " \t\n";

    private final List<Word> words = new ArrayList<>();
    private int at;

    /// @throws RefusedException if a quote is not closed
    Words(List<String> arguments) throws RefusedException {
        StringBuilder line = new StringBuilder();
        for (String argument : arguments) {
            if (isPlainText(argument)) {
                take(line);
                words.add(new Word(Kind.QUOTED, argument));
            } else {
                line.append(line.isEmpty() ? "" : " ").append(argument);
            }
        }
        take(line);
    }

    private static boolean isPlainText(String argument) {
        boolean blank = argument.isEmpty();
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (SIGNS.indexOf(c) >= 0 || c == '"') {
                return false;
            }
            blank |= BLANKS.indexOf(c) >= 0;
        }
        return blank;
    }

    private void take(StringBuilder line) throws RefusedException {
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (BLANKS.indexOf(c) >= 0) {
                i++;
            } else if (SIGNS.indexOf(c) >= 0) {
                words.add(new Word(Kind.SIGN, String.valueOf(c)));
                i++;
            } else if (c == '"') {
                i = quoted(line, i + 1);
            } else {
                int end = i;
                while (end < line.length() && (BLANKS + SIGNS + "\"").indexOf(line.charAt(end)) < 0) {
                    end++;
                }
                words.add(new Word(Kind.BARE, line.substring(i, end)));
                i = end;
            }
        }
        line.setLength(0);
    }

    private int quoted(StringBuilder line, int start) throws RefusedException {
        StringBuilder text = new StringBuilder();
        int i = start;
        while (i < line.length() && line.charAt(i) != '"') {
            if (line.charAt(i) == '\\' && i + 1 < line.length()) {
                i++;
            }
            text.append(line.charAt(i++));
        }
        if (i >= line.length()) {
            throw new RefusedException("Syntax error: a quote is not closed.");
        }
        words.add(new Word(Kind.QUOTED, text.toString()));
        return i + 1;
    }

    @Override public boolean hasNext() {
        return at < words.size();
    }

    @Override public Word next() {
        return words.get(at++);
    }

    /// Whether the next word is that sign; then it is passed over.
    boolean skip(String sign) {
        boolean is = hasNext() && words.get(at).is(sign);
        at += is ? 1 : 0;
        return is;
    }

    /// Whether the next word is a bare one that ends in a colon: a type.
    boolean atType() {
        return hasNext() && words.get(at).kind() == Kind.BARE && words.get(at).text().length() > 1 && words.get(at).text().endsWith(":");
    }
}
