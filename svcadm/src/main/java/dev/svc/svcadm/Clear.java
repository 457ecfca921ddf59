package dev.svc.svcadm;

import dev.svc.command.UsageException;
import java.util.List;

/// `svcadm clear`: says that the cause of maintenance, or of degradation, is gone.
final class Clear implements Subcommand {
    @Override public String name() { return "clear"; }

    @Override public String synopsis() { return "clear [-s] [-T seconds] [FMRI | pattern ...]"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException, RefusedException {
        Arguments options = new Arguments(name());
        List<String> operands = targets.checked(name(), options.parse(arguments));
        String state = targets.state().orElse("maintenance");
        if (!state.equals("maintenance") && !state.equals("degraded")) {
            throw new RefusedException("clear is for instances in state maintenance or degraded, not " + state);
        }
        return options.request(operands);
    }
}
