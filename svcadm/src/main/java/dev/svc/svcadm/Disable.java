package dev.svc.svcadm;

import dev.svc.command.UsageException;
import dev.svc.svcadm.Request.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `svcadm disable`: wants instances not to run, until the next boot only with `-t`; `-c` records why.
final class Disable implements Subcommand {
    private static final String COMMENT = "comment";
    private static final int LONGEST_COMMENT = 1023;

    @Override public String name() { return "disable"; }

    @Override public String synopsis() { return "disable [-st] [-c comment] [-T seconds] [FMRI | pattern ...]"; }

    @Override public Request parse(List<String> arguments, Targets targets) throws UsageException, RefusedException {
        Arguments options = new Arguments(name()).flag("-t", Request.How.TEMPORARY).text("-c", COMMENT);
        Request request = options.request(targets.checked(name(), options.parse(arguments)));
        for (Text text : request.texts()) {
            if (text.text().getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMENT) {
                throw new RefusedException("disable -c comment too long.");
            }
        }
        return request;
    }
}
