package dev.svc.svccfg;

import dev.svc.command.UsageException;
import dev.svc.options.Getopt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The arguments of a subcommand: option letters, then operands.
final class Arguments {
    private final Set<String> given = new HashSet<>();
    private final List<String> operands;

    private Arguments(Getopt getopt, List<String> options, List<String> arguments) {
        options.forEach(option -> getopt.flag(option, () -> given.add(option)));
        operands = getopt.parse(arguments);
    }

    /// @param options all that the subcommand knows, such as `-f`
    static Arguments of(Subcommand subcommand, List<String> options, List<String> arguments) throws UsageException {
        try {
            return new Arguments(new Getopt(subcommand.name()), options, arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(subcommand.name() + ": " + e.getMessage() + "; usage: " + subcommand.synopsis());
        }
    }

    boolean has(String option) {
        return given.contains(option);
    }

    List<String> operands() {
        return operands;
    }

    /// The operands, of which there must be one at least.
    List<String> someOperands(Subcommand subcommand) throws RefusedException {
        if (operands.isEmpty()) {
            throw new RefusedException("Syntax error: " + subcommand.name() + " needs an operand; usage: " + subcommand.synopsis());
        }
        return operands;
    }
}
