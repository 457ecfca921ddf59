package dev.svc.svcadm;

import dev.svc.command.UsageException;
import dev.svc.svcadm.Request.How;
import dev.svc.svcadm.Request.Text;
import java.util.List;
import java.util.Optional;

/// `svcadm milestone`: lets only what a milestone needs run; with `-d` at each boot too.
final class Milestone implements Subcommand {
    private static final List<String> KEYWORDS = List.of("all", "none");
    private static final List<String> MAJOR = List.of("svc:/milestone/single-user:default", "svc:/milestone/multi-user:default",
            "svc:/milestone/multi-user-server:default");

    @Override public String name() { return "milestone"; }

    @Override public String synopsis() { return "milestone [-ds] [-T seconds] milestone"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException {
        Arguments options = new Arguments(name()).flag("-d", How.AT_BOOT);
        List<String> operands = options.parse(arguments);
        if (targets.state().isPresent()) {
            throw new UsageException("-S is not for milestone");
        }
        if (operands.isEmpty()) {
            throw new UsageException("milestone needs a milestone");
        }
        String milestone = milestone(operands.getFirst()).orElseThrow(() -> new UsageException("\"" + operands.getFirst()
                + "\" is not a valid major milestone; one of all, none, single-user, multi-user, multi-user-server"));
        return options.request(List.of(), new Text("name", milestone));
    }

    /// The keyword, or the FMRI of the milestone that `operand` is a part of: from its start or a slash, up to its end or a colon.
    static Optional<String> milestone(String operand) {
        if (KEYWORDS.contains(operand)) {
            return Optional.of(operand);
        }
        for (String fmri : MAJOR) {
            for (int i = operand.isEmpty() ? -1 : fmri.indexOf(operand); i >= 0; i = fmri.indexOf(operand, i + 1)) {
                int end = i + operand.length();
                boolean begins = i == 0 || fmri.charAt(i - 1) == '/';
                // A part that ends within the scheme would be a part of each of them.
                if (begins && end > "svc:/milestone".length() && (end == fmri.length() || fmri.charAt(end) == ':')) {
                    return Optional.of(fmri);
                }
            }
        }
        return Optional.empty();
    }
}
