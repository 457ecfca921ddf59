package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// `svccfg validate`: looks whether files are valid service bundles.
final class Validate implements Subcommand {
    @Override public String name() { return "validate"; }

    @Override public String synopsis() { return "validate FILE|DIRECTORY ..."; }

    @Override public String purpose() { return "Tells what is wrong with manifests and profiles; needs no manager."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        return new Validating(Documents.of(Arguments.of(this, List.of(), arguments).someOperands(this)));
    }
}
