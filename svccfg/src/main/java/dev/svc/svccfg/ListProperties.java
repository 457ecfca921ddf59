package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// `svccfg listprop`: lists property groups and properties of the selected entity.
final class ListProperties implements Subcommand {
    @Override public String name() { return "listprop"; }

    @Override public String synopsis() { return "listprop [GLOB]"; }

    @Override public String purpose() { return "Lists the entity's own property groups and properties."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        return new Listing(selection.required(), Arguments.of(this, List.of(), arguments).atMostOneOperand(this),
                Listing.Depth.PROPERTIES);
    }
}
