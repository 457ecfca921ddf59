package dev.svc.svcadm;

import dev.svc.command.UsageException;
import java.util.List;

/// `svcadm enable`: wants instances to run, until the next boot only with `-t`, and with `-r` all they need too.
final class Enable implements Subcommand {
    @Override public String name() { return "enable"; }

    @Override public String synopsis() { return "enable [-rst] [-T seconds] [FMRI | pattern ...]"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException {
        Arguments options = new Arguments(name()).flag("-r", Request.How.RECURSIVE).flag("-t", Request.How.TEMPORARY);
        return options.request(targets.checked(name(), options.parse(arguments)));
    }
}
