package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// `svccfg import`: brings manifests into the configuration.
final class Import implements Subcommand {
    @Override public String name() { return "import"; }

    @Override public String synopsis() { return "import [-V] FILE|DIRECTORY ..."; }

    @Override public String purpose() {
        return "Imports manifests; of a directory all *.xml below it. -V: a violated template is an error.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of("-V", "-n"), arguments);
        Documents documents = Documents.of(options.someOperands(this));
        return new Loading(documents, Loading.Verb.IMPORT, options.has("-V") ? Loading.Rigour.STRICT : Loading.Rigour.LENIENT);
    }
}
