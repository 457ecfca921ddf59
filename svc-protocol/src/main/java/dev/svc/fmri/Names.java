package dev.svc.fmri;

/// The rules for names of services, instances, property groups and properties: `[provider,]identifier`, ASCII only.
public final class Names {
    /// Longest name of a service, an instance, a property group or a property, in bytes.
    public static final int LONGEST = 119;

    private Names() {}

    /// Whether `name` may name an instance, property group, property, snapshot or property group type.
    public static boolean isName(String name) {
        return name.length() <= LONGEST && isComponent(name, 0, name.length());
    }

    /// Whether `name` may name a service: components separated by `/`.
    public static boolean isServiceName(String name) {
        if (name.length() > LONGEST) {
            return false;
        }
        int start = 0;
        while (true) {
            int slash = name.indexOf('/', start);
            int end = slash < 0 ? name.length() : slash;
            if (!isComponent(name, start, end)) {
                return false;
            }
            if (slash < 0) {
                return true;
            }
            start = slash + 1;
        }
    }

    /// Yields `name`, or throws if it is not a name; `what` says what it should name, for the message.
    public static String checkedName(String name, String what) {
        if (!isName(name)) {
            throw new InvalidFmriException(complaint(name, what));
        }
        return name;
    }

    /// Yields `name`, or throws if it is not a service name.
    public static String checkedServiceName(String name) {
        if (!isServiceName(name)) {
            throw new InvalidFmriException(complaint(name, "service"));
        }
        return name;
    }

    private static String complaint(String name, String what) {
        if (name.length() > LONGEST) {
            return what + " name of " + name.length() + " characters is too long; at most " + LONGEST;
        }
        return "\"" + name + "\" is not a " + what
                + " name; it must begin with a letter and have only letters, digits, '-' and '_' (and a \"provider,\" before it)";
    }

    private static boolean isComponent(String text, int start, int end) {
        int comma = text.indexOf(',', start);
        if (comma >= 0 && comma < end) {
            return isIdentifier(text, start, comma, true) && isIdentifier(text, comma + 1, end, false);
        }
        return isIdentifier(text, start, end, false);
    }

    private static boolean isIdentifier(String text, int start, int end, boolean dotsAllowed) {
        if (start >= end || !isLetter(text.charAt(start))) {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_' && !(dotsAllowed && c == '.')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
