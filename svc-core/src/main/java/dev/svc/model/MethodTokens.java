package dev.svc.model;

import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.fmri.PropertyFmri;
import dev.svc.property.PropertyGroup;
import java.util.List;
import java.util.Optional;

/// The tokens of a method's `exec` (smf_method(7)): `%r %m %s %i %f %%` and `%{property[:separator]}`.
///
/// Values put in by `%{}` are escaped for the shell. Where SMF leaves `$ * ? [ # ~` alone, they are escaped too: a value is data.
public final class MethodTokens {
    private static final String ESCAPED = ";&()|^<>\n \t\\\"'`$*?[]#~{}!";

    private MethodTokens() {}

    /// A token is unknown, or names a property that is not there; the message says which.
    public static final class InvalidTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidTokenException(String message) {
            super(message);
        }
    }

    /// The command line that `exec` of a method of `fmri` stands for. Properties are looked up in `model`'s running snapshots.
    public static String expanded(String exec, InstanceFmri fmri, String method, Model model) throws InvalidTokenException {
        StringBuilder text = new StringBuilder(exec.length() + 32);
        int i = 0;
        while (i < exec.length()) {
            char c = exec.charAt(i++);
            if (c != '%') {
                text.append(c);
            } else if (i < exec.length()) {
                char token = exec.charAt(i++);
                if (token == '{') {
                    int end = exec.indexOf('}', i);
                    if (end < 0) {
                        throw new InvalidTokenException("token \"%{\" in \"" + exec + "\" is not closed by \"}\"");
                    }
                    text.append(property(exec.substring(i, end), fmri, model));
                    i = end + 1;
                } else {
                    text.append(simple(token, fmri, method));
                }
            }
        }
        return text.toString();
    }

    private static String simple(char token, InstanceFmri fmri, String method) throws InvalidTokenException {
        return switch (token) {
            case '%' -> "%";
            case 'r' -> "svc.startd";
            case 'm' -> method;
            case 's' -> fmri.service();
            case 'i' -> fmri.instance();
            case 'f' -> fmri.toString();
            default -> throw new InvalidTokenException(
                    "token \"%" + token + "\" is unknown; one of %r, %m, %s, %i, %f, %%, %{property}");
        };
    }

    private static String property(String token, InstanceFmri fmri, Model model) throws InvalidTokenException {
        String specification = token;
        String separator = " ";
        int colon = separatorAt(token);
        if (colon >= 0) {
            specification = token.substring(0, colon);
            separator = token.substring(colon + 1);
        }
        List<String> values = values(specification, fmri, model);
        return String.join(separator, values.stream().map(MethodTokens::escaped).toList());
    }

    /// Where `:x` at the end begins: one separator character behind a colon. The colons of an FMRI are not at that place.
    private static int separatorAt(String token) {
        int at = token.length() - 2;
        return at > 0 && token.charAt(at) == ':' ? at : -1;
    }

    private static List<String> values(String specification, InstanceFmri fmri, Model model) throws InvalidTokenException {
        InstanceFmri of = fmri;
        String group = PropertyGroup.APPLICATION;
        String property = specification;
        int slash = specification.indexOf('/');
        if (specification.contains("/:properties/")) {
            PropertyFmri full = full(specification);
            of = full.entity() instanceof InstanceFmri other ? other : full.entity().serviceFmri().instance("default");
            group = full.group();
            property = full.property();
        } else if (slash >= 0) {
            group = specification.substring(0, slash);
            property = specification.substring(slash + 1);
        }
        String groupName = group;
        String propertyName = property;
        InstanceFmri holder = of;
        return model.running(of).stream()
                .filter(g -> g.name().equals(groupName))
                .flatMap(g -> g.property(propertyName).stream())
                .findFirst()
                .orElseThrow(() -> new InvalidTokenException(
                        "property \"" + groupName + "/" + propertyName + "\" of \"" + holder + "\" is missing"))
                .values();
    }

    private static PropertyFmri full(String specification) throws InvalidTokenException {
        try {
            if (Fmri.parse(specification) instanceof PropertyFmri full) {
                return full;
            }
        } catch (InvalidFmriException e) {
            throw new InvalidTokenException(e.getMessage());
        }
        throw new InvalidTokenException("\"" + specification + "\" does not name a property");
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // A backslash before a newline would join the lines.
            if (c == '\n') {
                text.append("'\n'");
            } else {
                if (ESCAPED.indexOf(c) >= 0) {
                    text.append('\\');
                }
                text.append(c);
            }
        }
        return text.toString();
    }
}
