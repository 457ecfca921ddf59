package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.ArrayList;
import java.util.List;

/// `svccfg delete`: removes services or instances from the configuration.
final class Delete implements Subcommand {
    @Override public String name() { return "delete"; }

    @Override public String synopsis() { return "delete [-f] FMRI|pattern ..."; }

    @Override public String purpose() { return "Deletes services or instances. -f: even if they run."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of("-f"), arguments);
        Deleting.Force force = options.has("-f") ? Deleting.Force.FORCED : Deleting.Force.IF_IDLE;
        if (selection.operand().isEmpty()) {
            return new Deleting(options.someOperands(this), force);
        }
        // With a service selected, operands name its instances.
        List<String> instances = new ArrayList<>();
        options.operands().forEach(name -> instances.add(selection.operand().get() + ":" + name));
        return new Deleting(selection.operandsOrThis(instances), force);
    }
}
