package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// `svccfg listpg`: lists property groups of the selected entity.
final class ListGroups implements Subcommand {
    @Override public String name() { return "listpg"; }

    @Override public String synopsis() { return "listpg [GLOB]"; }

    @Override public String purpose() { return "Lists the entity's own property groups."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        return new Listing(selection.required(), Arguments.of(this, List.of(), arguments).atMostOneOperand(this), Listing.Depth.GROUPS);
    }
}
