package dev.svc.svcadm;

import dev.svc.command.UsageException;
import java.util.List;

/// `svcadm restart`: stops instances and starts them again, with `-d` after a core dump.
final class Restart implements Subcommand {
    @Override public String name() { return "restart"; }

    @Override public String synopsis() { return "restart [-ds] [-T seconds] [FMRI | pattern ...]"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException {
        Arguments options = new Arguments(name()).flag("-d", Request.How.DUMP);
        return options.request(targets.checked(name(), options.parse(arguments)));
    }
}
