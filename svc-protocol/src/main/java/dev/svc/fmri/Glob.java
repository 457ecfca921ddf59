package dev.svc.fmri;

/// A shell pattern as of fnmatch(3) without flags: `*` and `?` match any character, `/` and `:` too; backslash escapes; `[...]` is a set.
public final class Glob {
    private final String pattern;

    public Glob(String pattern) {
        this.pattern = pattern;
    }

    /// Whether `text` has any of the characters that make it a pattern.
    public static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /// Whether the pattern matches the whole of `text`. Takes time proportional to pattern × text at most.
    public boolean matches(String text) {
        int p = 0;
        int t = 0;
        int afterStar = -1;
        int starText = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                afterStar = ++p;
                starText = t;
                continue;
            }
            int next = p < pattern.length() ? single(p, text.charAt(t)) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (afterStar >= 0) {
                // Only the last star needs another try: an earlier one could not match more than it did already.
                p = afterStar;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /// Where the pattern goes on if its element at `p` matches `c`, or -1.
    private int single(int p, char c) {
        return switch (pattern.charAt(p)) {
            case '?' -> p + 1;
            case '\\' -> {
                int escaped = p + 1 < pattern.length() ? p + 1 : p;
                yield pattern.charAt(escaped) == c ? escaped + 1 : -1;
            }
            case '[' -> {
                int close = closingBracket(p);
                if (close < 0) {
                    yield c == '[' ? p + 1 : -1;
                }
                yield setHas(p, close, c) ? close + 1 : -1;
            }
            default -> pattern.charAt(p) == c ? p + 1 : -1;
        };
    }

    private static boolean negates(char c) {
        return c == '!' || c == '^';
    }

    private int closingBracket(int open) {
        int i = open + 1;
        if (i < pattern.length() && negates(pattern.charAt(i))) {
            i++;
        }
        // A bracket in first place is a member of the set.
        for (int first = i; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == ']' && i > first) {
                return i;
            }
            if (c == '\\') {
                i++;
            } else if (c == '[' && i + 1 < pattern.length() && pattern.charAt(i + 1) == ':' && pattern.indexOf(":]", i + 2) > 0) {
                i = pattern.indexOf(":]", i + 2) + 1;
            }
        }
        return -1;
    }

    private boolean setHas(int open, int close, char c) {
        int i = open + 1;
        boolean negated = negates(pattern.charAt(i));
        if (negated) {
            i++;
        }
        boolean found = false;
        while (i < close) {
            if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i + 2) > 0) {
                int end = pattern.indexOf(":]", i + 2);
                found |= classHas(pattern.substring(i + 2, end), c);
                i = end + 2;
                continue;
            }
            if (pattern.charAt(i) == '\\' && i + 1 < close) {
                i++;
            }
            char low = pattern.charAt(i++);
            char high = low;
            if (i + 1 < close && pattern.charAt(i) == '-') {
                high = pattern.charAt(i + 1);
                i += 2;
            }
            found |= low <= c && c <= high;
        }
        return found != negated;
    }

    private static boolean classHas(String name, char c) {
        boolean lower = c >= 'a' && c <= 'z';
        boolean upper = c >= 'A' && c <= 'Z';
        boolean digit = c >= '0' && c <= '9';
        return switch (name) {
            case "alpha" -> lower || upper;
            case "lower" -> lower;
            case "upper" -> upper;
            case "digit" -> digit;
            case "alnum" -> lower || upper || digit;
            case "xdigit" -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            case "punct" -> c > ' ' && c < 127 && !lower && !upper && !digit;
            case "space" -> c == ' ' || c >= '\t' && c <= '\r';
            case "blank" -> c == ' ' || c == '\t';
            case "cntrl" -> c < ' ' || c == 127;
            case "print" -> c >= ' ' && c < 127;
            case "graph" -> c > ' ' && c < 127;
            default -> false;
        };
    }
}
