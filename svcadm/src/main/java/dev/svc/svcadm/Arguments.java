package dev.svc.svcadm;

import dev.svc.command.UsageException;
import dev.svc.options.Getopt;
import dev.svc.svcadm.Request.How;
import dev.svc.svcadm.Request.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The options of a subcommand while they are read. Every subcommand has `-s` and `-T seconds`.
final class Arguments {
    private final String subcommand;
    private final Getopt getopt;
    private final Set<How> how = EnumSet.noneOf(How.class);
    private final List<Text> texts = new ArrayList<>();
    private final List<String> timeouts = new ArrayList<>();

    Arguments(String subcommand) {
        this.subcommand = subcommand;
        getopt = new Getopt(subcommand);
        flag("-s", How.SYNCHRONOUS);
        getopt.option("-T", timeouts::add);
    }

    Arguments flag(String option, How flag) {
        getopt.flag(option, () -> how.add(flag));
        return this;
    }

    Arguments text(String option, String member) {
        getopt.option(option, text -> {
            texts.removeIf(t -> t.member().equals(member));
            texts.add(new Text(member, text));
        });
        return this;
    }

    /// Reads `arguments` and yields the operands.
    List<String> parse(List<String> arguments) throws UsageException {
        try {
            return getopt.parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(subcommand + ": " + e.getMessage());
        }
    }

    boolean has(How flag) {
        return how.contains(flag);
    }

    /// The request that these options make for `operands`, with `more` members.
    Request request(List<String> operands, Text... more) throws UsageException {
        texts.addAll(List.of(more));
        return new Request(subcommand, operands, how, texts, timeout());
    }

    private Optional<Duration> timeout() throws UsageException {
        if (timeouts.isEmpty()) {
            return Optional.empty();
        }
        if (!how.contains(How.SYNCHRONOUS)) {
            throw new UsageException(subcommand + ": -T is for use with -s");
        }
        try {
            int seconds = Integer.parseInt(timeouts.getLast());
            if (seconds > 0) {
                return Optional.of(Duration.ofSeconds(seconds));
            }
        } catch (NumberFormatException _) {
            // Refused below like a number out of range.
        }
        throw new UsageException(subcommand + ": -T " + timeouts.getLast() + ": not a number of seconds above 0");
    }
}
