package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.fmri.Glob;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Lists what an entity itself has: names and types below each other, values behind them.
///
/// @param glob against the name of a group, which then comes whole, or `group/property`
record Listing(String selected, Optional<String> glob, Depth depth) implements Request {
    enum Depth {
        GROUPS, PROPERTIES
    }

    private static final int TYPE_WIDTH = 7;
    private static final Set<String> RENDERED = Set.of("restarter", "restarter_actions", "general_ovr", "options_ovr");

    /// One line of the listing.
    private record Line(String name, String type, String rest) {}

    @Override public int fulfil(Session session) throws IOException {
        Optional<Members> entity = SelectedEntity.of(selected, session);
        if (entity.isEmpty()) {
            return Console.FAILED;
        }
        List<Line> lines = new ArrayList<>();
        for (Members group : entity.get().objects("groups")) {
            add(group, lines);
        }
        int width = 0;
        for (Line line : lines) {
            width = Math.max(width, line.name.length());
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.name).repeat(" ", width - line.name.length() + 2).append(line.type).append(line.rest).append('\n');
        }
        session.console().out().print(text);
        return Console.DONE;
    }

    private void add(Members group, List<Line> lines) throws IOException {
        String name = group.text("name");
        Line head = new Line(name, group.text("type"), RENDERED.contains(name) ? "\tNONPERSISTENT" : "");
        boolean whole = matches(name);
        if (whole) {
            lines.add(head);
        }
        if (depth == Depth.GROUPS) {
            return;
        }
        for (Members property : group.objects("properties")) {
            String full = name + "/" + property.text("name");
            if (whole || matches(full)) {
                lines.add(new Line(full, property.text("type"), values(property)));
            }
        }
    }

    private boolean matches(String name) {
        return glob.isEmpty() || new Glob(glob.get()).matches(name);
    }

    private static String values(Members property) throws IOException {
        List<String> values = property.texts("values");
        if (values.isEmpty()) {
            return "";
        }
        String type = property.text("type");
        boolean several = values.size() > 1 && (type.equals("astring") || type.equals("ustring"));
        StringBuilder text = new StringBuilder(" ".repeat(Math.max(0, TYPE_WIDTH - type.length()) + 1));
        for (String value : values) {
            text.append(' ').append(several || isSpecial(value) ? quoted(value) : value);
        }
        return text.toString();
    }

    /// Values on one line, in quotes where they need them.
    static String quoted(List<String> values) {
        return values.stream().map(value -> values.size() > 1 || isSpecial(value) ? quoted(value) : value).collect(Collectors.joining(" "));
    }

    private static boolean isSpecial(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (" \t\n\"()".indexOf(value.charAt(i)) >= 0) {
                return true;
            }
        }
        return value.isEmpty();
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
