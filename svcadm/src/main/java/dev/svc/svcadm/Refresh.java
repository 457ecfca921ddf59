package dev.svc.svcadm;

import dev.svc.command.UsageException;
import java.util.List;

/// `svcadm refresh`: makes the current configuration of instances the running one.
final class Refresh implements Subcommand {
    @Override public String name() { return "refresh"; }

    @Override public String synopsis() { return "refresh [-s] [-T seconds] [FMRI | pattern ...]"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException {
        Arguments options = new Arguments(name());
        return options.request(targets.checked(name(), options.parse(arguments)));
    }
}
