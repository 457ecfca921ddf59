package dev.svc.svcadm;

import dev.svc.command.UsageException;
import dev.svc.svcadm.Request.How;
import dev.svc.svcadm.Request.Text;
import java.util.List;

/// `svcadm mark`: puts instances into maintenance, or calls them degraded; `-I` at once, without the stop method.
final class Mark implements Subcommand {
    private static final String MAINTENANCE = "maintenance";
    private static final String DEGRADED = "degraded";

    @Override public String name() { return "mark"; }

    @Override public String synopsis() { return "mark [-Ist] [-T seconds] maintenance | degraded [FMRI | pattern ...]"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException {
        Arguments options = new Arguments(name()).flag("-I", How.IMMEDIATE).flag("-t", How.TEMPORARY);
        List<String> operands = options.parse(arguments);
        if (operands.isEmpty()) {
            throw new UsageException("mark needs a state: maintenance or degraded");
        }
        String state = operands.getFirst();
        if (!state.equals(MAINTENANCE) && !state.equals(DEGRADED)) {
            throw new UsageException("mark: \"" + state + "\" is not a state to mark; one of maintenance, degraded");
        }
        if (state.equals(DEGRADED) && options.has(How.TEMPORARY)) {
            throw new UsageException("mark: -t is for maintenance only");
        }
        List<String> instances = targets.checked(name(), operands.subList(1, operands.size()));
        return options.request(instances, new Text("state", state));
    }
}
