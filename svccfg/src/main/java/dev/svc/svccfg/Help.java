package dev.svc.svccfg;

import dev.svc.command.Console;
import java.util.List;

/// `svccfg help`: what there is, or how one subcommand is used.
final class Help implements Subcommand {
    private static final List<Subcommand> ALL = List.of(new Import(), new Apply(), new Export(), new Validate(), new Inventory(),
            new Delete(), new ListGroups(), new AddGroup(), new DeleteGroup(), new ListProperties(), new SetProperty(),
            new DeleteProperty(), new Refresh(), new ListSnapshots(), new Revert(), new ListCustomizations(), new DeleteCustomizations(),
            new Verify(),
            new JournalCommand(), new Restore(), new Help());

    /// The subcommand of that name.
    static Subcommand subcommand(String name) throws RefusedException {
        for (Subcommand subcommand : ALL) {
            if (subcommand.name().equals(name)) {
                return subcommand;
            }
        }
        throw new RefusedException("Unknown command \"" + name + "\".");
    }

    /// All of them, a line each.
    static String table() {
        StringBuilder table = new StringBuilder();
        int width = 0;
        for (Subcommand subcommand : ALL) {
            width = Math.max(width, subcommand.synopsis().length());
        }
        for (Subcommand subcommand : ALL) {
            table.append("  ").append(subcommand.synopsis()).repeat(" ", width - subcommand.synopsis().length() + 2)
                    .append(subcommand.purpose()).append('\n');
        }
        return table.toString();
    }

    @Override public String name() { return "help"; }

    @Override public String synopsis() { return "help [subcommand]"; }

    @Override public String purpose() { return "Shows what there is, or how a subcommand is used."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws RefusedException {
        if (arguments.isEmpty()) {
            return session -> show(session, table());
        }
        Subcommand subcommand = subcommand(arguments.getFirst());
        return session -> show(session, "Usage: " + subcommand.synopsis() + "\n\n" + subcommand.purpose() + "\n");
    }

    private static int show(Session session, String text) {
        session.console().out().print(text);
        return Console.DONE;
    }
}
