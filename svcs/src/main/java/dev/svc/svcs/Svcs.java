package dev.svc.svcs;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.Client;
import dev.svc.protocol.Version;
import java.io.IOException;
import java.util.List;
import java.util.TimeZone;

/// The command svcs(1).
public final class Svcs {
    private Svcs() {}

    public static void main(String[] arguments) {
        int status = Console.run("svcs", console -> run(List.of(arguments), console, new Dates(now(), TimeZone.getDefault())));
        if (status != Console.DONE) {
            System.exit(status);
        }
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /// Does what `arguments` ask for and yields the exit status.
    static int run(List<String> arguments, Console console, Dates dates) {
        SvcsRequest request;
        try {
            request = SvcsOptions.parse(arguments);
        } catch (UsageException e) {
            console.warn(e.getMessage());
            console.err().print(Usage.SYNOPSIS);
            return Console.USAGE;
        }
        try (Client client = new Client(console.root())) {
            return answered(request, console, client, dates);
        } catch (IOException e) {
            return console.failed(e);
        }
    }

    private static int answered(SvcsRequest request, Console console, Client client, Dates dates) throws IOException {
        // Not a pattern switch: linking one costs a millisecond of start-up.
        if (request instanceof SvcsRequest.Lines lines) {
            return new Table(console, client, dates).print(lines);
        }
        return switch (request) {
            case SvcsRequest.Lines lines -> new Table(console, client, dates).print(lines);
            case SvcsRequest.Paragraphs paragraphs -> new LongListing(console, client, dates).print(paragraphs);
            case SvcsRequest.Logs logs -> new LogListing(console, client).print(logs);
            case SvcsRequest.Explanations explanations -> new ExplanationListing(console, client, dates).print(explanations);
            case SvcsRequest.Refused refused -> {
                console.warn(refused.sentence());
                yield Console.FAILED;
            }
            case SvcsRequest.Help _ -> printed(Usage.help(), console);
            case SvcsRequest.Version _ -> printed(Version.line(console.program()) + "\n", console);
        };
    }

    private static int printed(String text, Console console) {
        console.out().print(text);
        return Console.DONE;
    }
}
