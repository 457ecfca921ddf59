package dev.svc.fmri;

/// Reads FMRIs. Grammar: `[svc:][//[scope]][/]service[:instance][/:properties/group[/property]]` and `file:///path`,
/// `file://localhost/path`, `file:/path`.
final class FmriParser {
    private static final String PROPERTIES = "/:properties/";

    private FmriParser() {}

    static Fmri parse(String text) {
        if (text.length() > Fmri.LONGEST) {
            throw new InvalidFmriException("FMRI of " + text.length() + " characters is too long; at most " + Fmri.LONGEST);
        }
        if (text.startsWith("file:")) {
            return file(text);
        }
        String rest = text.startsWith("svc:") ? text.substring(4) : text;
        rest = withoutScope(rest, text);
        if (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        return entityOrProperty(rest, text);
    }

    private static FileFmri file(String text) {
        String rest = text.substring("file:".length());
        if (rest.startsWith("//localhost/")) {
            return new FileFmri(rest.substring("//localhost".length()));
        }
        if (rest.startsWith("///")) {
            return new FileFmri(rest.substring(2));
        }
        if (rest.startsWith("//")) {
            throw new InvalidFmriException("\"" + text + "\": the host of a file FMRI must be empty or localhost");
        }
        return new FileFmri(rest);
    }

    private static String withoutScope(String rest, String whole) {
        if (!rest.startsWith("//")) {
            return rest;
        }
        int slash = rest.indexOf('/', 2);
        String scope = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        if (scope.endsWith("@localhost")) {
            scope = scope.substring(0, scope.length() - "@localhost".length());
        }
        if (!scope.isEmpty() && !scope.equals("localhost")) {
            throw new InvalidFmriException("\"" + whole + "\": scope \"" + scope + "\" is unknown; there is only localhost");
        }
        return slash < 0 ? "" : rest.substring(slash);
    }

    private static Fmri entityOrProperty(String rest, String whole) {
        int properties = rest.indexOf(PROPERTIES);
        EntityFmri entity = entity(properties < 0 ? rest : rest.substring(0, properties), whole);
        if (properties < 0) {
            return entity;
        }
        String names = rest.substring(properties + PROPERTIES.length());
        int slash = names.indexOf('/');
        if (slash < 0) {
            return new PropertyGroupFmri(entity, names);
        }
        return new PropertyFmri(entity, names.substring(0, slash), names.substring(slash + 1));
    }

    private static EntityFmri entity(String text, String whole) {
        if (text.isEmpty()) {
            throw new InvalidFmriException("\"" + whole + "\" names no service");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new ServiceFmri(text);
        }
        return new InstanceFmri(text.substring(0, colon), text.substring(colon + 1));
    }
}
