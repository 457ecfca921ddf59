package dev.svc.svccfg;

import dev.svc.command.UsageException;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonObject;
import java.util.List;

/// `svccfg delprop`: deletes a property of the selected entity, or a property group.
final class DeleteProperty implements Subcommand {
    @Override public String name() { return "delprop"; }

    @Override public String synopsis() { return "delprop GROUP[/NAME]"; }

    @Override public String purpose() { return "Deletes a property, or a property group."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        String operand = Arguments.of(this, List.of(), arguments).oneOperand(this);
        if (!operand.contains("/")) {
            return new Editing(selection.required(), DeleteGroup.edit(operand));
        }
        PropertyName name = PropertyName.of(operand);
        JsonObject edit = JsonLines.object().add("edit", name()).add("group", name.group()).add("property", name.property()).build();
        return new Editing(selection.required(), edit);
    }
}
