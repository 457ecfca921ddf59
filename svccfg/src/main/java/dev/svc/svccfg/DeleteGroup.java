package dev.svc.svccfg;

import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonObject;
import java.util.List;

/// `svccfg delpg`: deletes a property group of the selected entity.
final class DeleteGroup implements Subcommand {
    private static final String NAME = "delpg";

    static JsonObject edit(String group) {
        return JsonLines.object().add("edit", NAME).add("group", group).build();
    }

    @Override public String name() { return NAME; }

    @Override public String synopsis() { return "delpg NAME"; }

    @Override public String purpose() { return "Deletes a property group."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        String operand = Arguments.of(this, List.of(), arguments).oneOperand(this);
        if (operand.contains("/")) {
            throw new RefusedException("Invalid property group name \"" + operand + "\".");
        }
        return new Editing(selection.required(), edit(operand));
    }
}
