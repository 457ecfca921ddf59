package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.options.Getopt;
import dev.svc.protocol.Client;
import dev.svc.protocol.Version;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The command svccfg(8).
public final class Svccfg {
    private static final String SYNOPSIS = """
            Usage: svccfg [-v] [-s FMRI] subcommand [argument ...]
                   svccfg help [subcommand]
            """;

    private final Console console;
    private Session.Volume volume = Session.Volume.QUIET;
    private Optional<String> selected = Optional.empty();
    private Optional<String> file = Optional.empty();
    private boolean help;
    private boolean version;

    private Svccfg(Console console) {
        this.console = console;
    }

    public static void main(String[] arguments) {
        int status = Console.run("svccfg", console -> run(List.of(arguments), console));
        if (status != Console.DONE) {
            System.exit(status);
        }
    }

    /// Does what `arguments` ask for and yields the exit status.
    static int run(List<String> arguments, Console console) {
        try {
            return new Svccfg(console).run(arguments);
        } catch (UsageException e) {
            console.warn(e.getMessage());
            console.err().print(SYNOPSIS);
            return Console.USAGE;
        } catch (RefusedException e) {
            console.warn(e.getMessage());
            return Console.FAILED;
        } catch (IOException e) {
            return console.failed(e);
        }
    }

    private int run(List<String> arguments) throws UsageException, RefusedException, IOException {
        List<String> rest = parse(arguments);
        if (version) {
            console.out().print(Version.line(console.program()) + "\n");
            return Console.DONE;
        }
        if (help) {
            console.out().print(SYNOPSIS + "\n" + Help.table());
            return Console.DONE;
        }
        if (file.isPresent() || rest.isEmpty()) {
            throw new RefusedException((file.isPresent() ? "command files are" : "interactive mode is")
                    + " not there yet; give a subcommand on the command line (svccfg help lists them)");
        }
        Subcommand subcommand = Help.subcommand(rest.getFirst());
        Request request = subcommand.parse(rest.subList(1, rest.size()), new Selection(selected));
        try (Client client = new Client(console.root())) {
            return request.fulfil(new Session(console, client, volume));
        }
    }

    private List<String> parse(List<String> arguments) throws UsageException {
        Getopt getopt = new Getopt("svccfg").flag("-v", () -> volume = Session.Volume.VERBOSE).flag("-?", () -> help = true)
                .flag("--help", () -> help = true).flag("--version", () -> version = true)
                .option("-s", fmri -> selected = Optional.of(fmri)).option("-f", name -> file = Optional.of(name));
        try {
            return getopt.parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
