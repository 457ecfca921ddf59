package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `svccfg export`: writes a service as a manifest.
final class Export implements Subcommand {
    @Override public String name() { return "export"; }

    @Override public String synopsis() { return "export [-a] SERVICE [> FILE]"; }

    @Override public String purpose() { return "Writes a manifest of a service as it is now. -a: protected values too."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of("-a"), arguments);
        List<String> words = options.operands();
        Optional<Path> file = Optional.empty();
        int sign = words.indexOf(">");
        if (sign >= 0) {
            if (sign != words.size() - 2) {
                throw new RefusedException("Syntax error: one file must follow \">\"; usage: " + synopsis());
            }
            file = Optional.of(Path.of(words.getLast()));
            words = words.subList(0, sign);
        }
        words = selection.operandsOrThis(words);
        if (words.size() != 1) {
            throw new RefusedException("Syntax error: one service at a time; usage: " + synopsis());
        }
        return new Exporting(words.getFirst(), options.has("-a") ? Exporting.Values.ALL : Exporting.Values.UNPROTECTED, file);
    }
}
