package dev.svc.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/// The options of one command or subcommand, parsed as getopt(3) does: letters may be joined, an argument may be joined to its option
/// or follow it whatever it looks like, `--` or the first operand ends the options, and an option may be repeated.
///
/// Options are added in code and not by annotations, which would be read by reflection at each start.
public final class Getopt {
    /// Takes one occurrence of an option; `argument` is empty for one that has none.
    public interface Occurrence {
        void of(String argument);
    }

    // Nothing is made for us. picocli's own factory looks for Groovy in each jar of the class path, at each start.
    private static final IFactory NOTHING = new IFactory() {
        @Override public <K> K create(Class<K> type) {
            throw new IllegalStateException("made by nobody: " + type);
        }
    };

    static {
        // Our options are texts: converters for dates and database drivers would only be looked up, at each start.
        System.setProperty("picocli.converters.excludes", ".*");
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(null, NOTHING);
    private final List<String> operands = new ArrayList<>();

    public Getopt(String name) {
        spec.name(name);
        spec.addPositional(PositionalParamSpec.builder().index("0..*").type(String.class).arity("0..1")
                .setter(new Setter(operands::add)).build());
    }

    /// Adds an option without an argument.
    public Getopt flag(String option, Runnable occurrence) {
        spec.addOption(OptionSpec.builder(option).type(boolean.class).arity("0").setter(new Setter(_ -> occurrence.run())).build());
        return this;
    }

    /// Adds an option with an argument.
    public Getopt option(String option, Occurrence occurrence) {
        spec.addOption(OptionSpec.builder(option).type(String.class).arity("1").setter(new Setter(occurrence)).build());
        return this;
    }

    /// Parses `arguments`: calls the occurrences in their order and yields the operands.
    ///
    /// @throws IllegalArgumentException if an option is unknown or lacks its argument; the message says which
    public List<String> parse(List<String> arguments) {
        CommandLine line = new CommandLine(spec, NOTHING);
        line.setStopAtPositional(true).setOverwrittenOptionsAllowed(true).setAllowOptionsAsOptionParameters(true)
                .setExpandAtFiles(false).setUnmatchedOptionsArePositionalParams(false).setToggleBooleanFlags(false);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
        return List.copyOf(operands);
    }

    /// picocli first resets every option with null, or false for a flag; then it sets each occurrence.
    private record Setter(Occurrence occurrence) implements ISetter {
        @Override public <T> T set(T value) {
            if (value instanceof String argument) {
                occurrence.of(argument);
            } else if (Boolean.TRUE.equals(value)) {
                occurrence.of("");
            }
            return value;
        }
    }
}
