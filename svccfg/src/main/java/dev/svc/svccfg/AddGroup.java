package dev.svc.svccfg;

import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonObject;
import java.util.List;

/// `svccfg addpg`: adds a property group to the selected entity.
final class AddGroup implements Subcommand {
    @Override public String name() { return "addpg"; }

    @Override public String synopsis() { return "addpg NAME TYPE [P|p]"; }

    @Override public String purpose() { return "Adds a property group, empty."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        List<String> operands = Arguments.of(this, List.of(), arguments).operands();
        if (operands.size() < 2 || operands.size() > 3) {
            throw new RefusedException("Syntax error; usage: " + synopsis());
        }
        if (operands.size() == 3) {
            checkFlags(operands.get(2));
        }
        JsonObject edit = JsonLines.object().add("edit", name()).add("group", operands.get(0)).add("type", operands.get(1)).build();
        return new Editing(selection.required(), edit);
    }

    private static void checkFlags(String flags) throws RefusedException {
        for (char flag : flags.toCharArray()) {
            if (flag != 'P' && flag != 'p') {
                throw new RefusedException("Invalid property group flag " + flag + ".");
            }
        }
        if (flags.endsWith("P")) {
            throw new RefusedException("property groups that do not outlive a reboot are not there yet; leave out P");
        }
    }
}
