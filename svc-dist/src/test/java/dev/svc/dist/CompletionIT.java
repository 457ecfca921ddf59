package dev.svc.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bash offers at the end of a line, with a {@code svcs} that knows four instances. */
@Timeout(60) class CompletionIT {
    private static final String SVCS = """
            #!/bin/sh
            [ "$*" = '-Hao state,fmri' ] || exit 2
            echo 'online         svc:/network/ssh:default'
            echo 'disabled       svc:/network/nginx:default'
            echo 'maintenance    svc:/site/db:primary'
            echo 'offline*       svc:/site/db:spare'
            """;

    private static final String ASK = """
            . "$1"
            COMP_LINE=$2 COMP_POINT=${#2}
            read -ra given <<<"$2"
            "$(complete -p "${given[0]##*/}" | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
            printf '%s\\n' "${COMPREPLY[@]}" | sort -u
            """;

    @TempDir Path scratch;

    @BeforeEach void makeSvcs() throws IOException {
        new Directory(scratch).in("bin").writeExecutable("svcs", SVCS);
        Files.writeString(scratch.resolve("ask"), ASK);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            svcs -Ho st                          | sta state stime
            svcs -o STATE,NS                     | STATE,NSTA STATE,NSTATE
            svcs -a -S ct                        | ctid
            svcs n                               | network/nginx network/ssh nginx
            svcs site/db                         | site/db:primary site/db:spare
            svcs db:                             | primary spare
            svcs -l svc:/site/db:s               | spare
            svcs -p --v                          | --version
            svcadm dis                           | disable
            svcadm -v -S ma                      | maintenance
            svcadm -S maintenance cl             | clear
            svcadm enable -rs n                  | network/nginx nginx
            svcadm enable s                      | site/db:primary site/db:spare ssh
            svcadm disable -c why n              | network/ssh
            svcadm disable -c n                  | ""
            svcadm clear _                       | db:primary site/db:primary
            svcadm mark -I de                    | degraded
            svcadm mark maintenance ss           | ssh
            svcadm milestone -d multi            | multi-user multi-user-server
            svcprop -p restarter/st              | restarter/state
            svcprop -s r                         | running
            svccfg ex                            | export
            svccfg export ss                     | ssh
            svccfg -s site/d                     | site/db:primary site/db:spare
            svccfg -v import /nowhere/           | ""
            svc.startd --st                      | --status --stop --stop-all
            """) void offers(String line, String words) throws Exception {
        assertEquals(words, String.join(" ", offered(line.replace(" _", " "))));
    }

    @Test void theSvcsBesideTheCommandIsAsked() throws Exception {
        assertEquals(List.of("ssh"), offered(scratch + "/bin/svcadm restart ssh"));
    }

    @Test void everyCommandHasAFileOfItsName() throws Exception {
        for (String command : List.of("svcs", "svcadm", "svccfg", "svcprop", "svc.startd")) {
            run("bash", "-c", ". src/main/completion/" + command + " && complete -p " + command);
        }
    }

    private List<String> offered(String line) throws Exception {
        return run("bash", scratch.resolve("ask").toString(), "src/main/completion/svc.bash", line).lines().filter(l -> !l.isEmpty())
                .toList();
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().merge("PATH", scratch + "/bin", (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
