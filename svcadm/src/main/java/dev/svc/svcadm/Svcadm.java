package dev.svc.svcadm;

import dev.svc.command.Answers;
import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.options.Getopt;
import dev.svc.protocol.Client;
import dev.svc.protocol.Version;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The command svcadm(8).
public final class Svcadm {
    private static final List<Subcommand> SUBCOMMANDS = List.of(new Enable(), new Disable(), new Restart(), new Refresh(), new Clear(),
            new Mark(), new Milestone());

    private final Console console;
    private boolean verbose;
    private boolean help;
    private boolean version;
    private Optional<String> zones = Optional.empty();
    private Optional<String> state = Optional.empty();

    private Svcadm(Console console) {
        this.console = console;
    }

    public static void main(String[] arguments) {
        int status = Console.run("svcadm", console -> run(List.of(arguments), console));
        if (status != Console.DONE) {
            System.exit(status);
        }
    }

    /// Does what `arguments` ask for and yields the exit status.
    static int run(List<String> arguments, Console console) {
        try {
            return new Svcadm(console).run(arguments);
        } catch (UsageException e) {
            console.warn(e.getMessage());
            console.err().print(usage());
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
        if (help || version) {
            console.out().print(help ? usage() : Version.line(console.program()) + "\n");
            return Console.DONE;
        }
        if (rest.isEmpty()) {
            throw new UsageException("a subcommand is missing");
        }
        Request request = subcommand(rest.getFirst()).parse(rest.subList(1, rest.size()), new Targets(state));
        if (zones.isPresent()) {
            throw new RefusedException("svcadm " + zones.get() + " may only be used from the global zone");
        }
        return send(request);
    }

    private List<String> parse(List<String> arguments) throws UsageException {
        Getopt getopt = new Getopt("svcadm").flag("-v", () -> verbose = true).flag("-?", () -> help = true)
                .flag("--help", () -> help = true).flag("--version", () -> version = true)
                .option("-S", name -> state = Optional.of(name)).option("-z", _ -> zones = Optional.of("-z"))
                .flag("-Z", () -> zones = Optional.of("-Z"));
        try {
            return getopt.parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static Subcommand subcommand(String name) throws UsageException {
        for (Subcommand subcommand : SUBCOMMANDS) {
            if (subcommand.name().equals(name)) {
                return subcommand;
            }
        }
        throw new UsageException("\"" + name + "\" is not a subcommand");
    }

    private int send(Request request) throws IOException {
        JsonObjectBuilder members = request.members().add("tty", console.terminals().input()).add("pid", ProcessHandle.current().pid());
        if (verbose) {
            members.add("verbose", true);
        }
        if (state.isPresent()) {
            members.add("with_state", state.get());
        }
        Answers answers = new Answers(console);
        try (Client client = new Client(console.root())) {
            int status = client.follow(members, request.repeat(), reply -> {
                if (!answers.show(reply) && verbose) {
                    reply.tryText("text").ifPresent(text -> console.out().print(text + "\n"));
                }
                // With -s the end may be minutes away.
                console.out().flush();
            });
            return answers.status(status);
        }
    }

    private static String usage() {
        StringBuilder usage = new StringBuilder("Usage: svcadm [-v] [-S state] subcommand [option ...] [operand ...]\n\n");
        for (Subcommand subcommand : SUBCOMMANDS) {
            usage.append("       svcadm ").append(subcommand.synopsis()).append('\n');
        }
        return usage.append("       svcadm -? | --help | --version\n").toString();
    }
}
