package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// `svccfg verify`: verifies the repository, V1 to V5.
final class Verify implements Subcommand {
    private static final String JSON = "--json";

    @Override public String name() { return "verify"; }

    @Override public String synopsis() { return "verify [--json]"; }

    @Override public String purpose() {
        return "Verifies database, journal, backups and labels; by the manager if one runs, else the files. 1: something is wrong.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of(JSON), arguments);
        options.noOperands(this);
        return new Verifying(options.has(JSON) ? Verifying.Form.JSON : Verifying.Form.TEXT);
    }
}
