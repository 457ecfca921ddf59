package dev.svc.svccfg;

import dev.svc.command.UsageException;
import dev.svc.options.Getopt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The arguments of a subcommand: option letters, then operands.
final class Arguments {
    private final Set<String> given = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();
    private final List<String> operands;

    private Arguments(Getopt getopt, List<String> options, List<String> valued, List<String> arguments) {
        options.forEach(option -> getopt.flag(option, () -> given.add(option)));
        valued.forEach(option -> getopt.option(option, value -> values.put(option, value)));
        operands = getopt.parse(arguments);
    }

    /// @param options all that the subcommand knows, such as `-f`
    static Arguments of(Subcommand subcommand, List<String> options, List<String> arguments) throws UsageException {
        return of(subcommand, options, List.of(), arguments);
    }

    /// @param valued the options that take a value
    static Arguments of(Subcommand subcommand, List<String> options, List<String> valued, List<String> arguments) throws UsageException {
        try {
            return new Arguments(new Getopt(subcommand.name()), options, valued, arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(subcommand.name() + ": " + e.getMessage() + "; usage: " + subcommand.synopsis());
        }
    }

    boolean has(String option) {
        return given.contains(option);
    }

    /// What was given with an option.
    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    void noOperands(Subcommand subcommand) throws RefusedException {
        if (!operands.isEmpty()) {
            throw syntaxError(subcommand);
        }
    }

    List<String> operands() {
        return operands;
    }

    /// The operands, of which there must be one at least.
    List<String> someOperands(Subcommand subcommand) throws RefusedException {
        if (operands.isEmpty()) {
            throw syntaxError(subcommand);
        }
        return operands;
    }

    String oneOperand(Subcommand subcommand) throws RefusedException {
        return atMostOneOperand(subcommand).orElseThrow(() -> syntaxError(subcommand));
    }

    Optional<String> atMostOneOperand(Subcommand subcommand) throws RefusedException {
        if (operands.size() > 1) {
            throw syntaxError(subcommand);
        }
        return operands.stream().findFirst();
    }

    private static RefusedException syntaxError(Subcommand subcommand) {
        return new RefusedException("Syntax error; usage: " + subcommand.synopsis());
    }
}
