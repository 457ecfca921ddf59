package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// `svccfg apply`: brings profiles into the configuration.
final class Apply implements Subcommand {
    @Override public String name() { return "apply"; }

    @Override public String synopsis() { return "apply [-n] FILE|DIRECTORY ..."; }

    @Override public String purpose() { return "Applies profiles to the services that exist. -n: only looks whether they are valid."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of("-n"), arguments);
        Documents documents = Documents.of(options.someOperands(this));
        return new Loading(documents, options.has("-n") ? Loading.Verb.VALIDATE : Loading.Verb.APPLY, Loading.Rigour.LENIENT);
    }
}
