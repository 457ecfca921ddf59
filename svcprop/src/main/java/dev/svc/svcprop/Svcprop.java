package dev.svc.svcprop;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.protocol.Client;
import dev.svc.protocol.Version;
import java.io.IOException;
import java.util.List;

/// The command svcprop(1).
public final class Svcprop {
    private Svcprop() {}

    public static void main(String[] arguments) {
        int status = Console.run("svcprop", console -> run(List.of(arguments), console));
        if (status != Console.DONE) {
            System.exit(status);
        }
    }

    /// Does what `arguments` ask for and yields the exit status.
    static int run(List<String> arguments, Console console) {
        try {
            return switch (SvcpropOptions.parse(arguments)) {
                case SvcpropRequest.Properties properties -> {
                    try (Client client = new Client(console.root())) {
                        yield new PropertyListing(console, client, properties).print();
                    }
                }
                case SvcpropRequest.Refused(String sentence) -> {
                    console.warn(sentence);
                    yield Console.FAILED;
                }
                case SvcpropRequest.Help _ -> printed(SvcpropOptions.SYNOPSIS, console);
                case SvcpropRequest.Version _ -> printed(Version.line(console.program()) + "\n", console);
            };
        } catch (UsageException e) {
            console.warn(e.getMessage());
            console.err().print(SvcpropOptions.SYNOPSIS);
            return Console.USAGE;
        } catch (IOException e) {
            return console.failed(e);
        }
    }

    private static int printed(String text, Console console) {
        console.out().print(text);
        return Console.DONE;
    }
}
