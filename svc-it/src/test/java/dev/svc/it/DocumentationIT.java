package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a command says it knows, its man page and the completion know too.
@Timeout(60) class DocumentationIT {
    private static final Path SHARE = Path.of(System.getProperty("svc.tree")).resolve("share");
    private static final Pattern LONG_OPTION = Pattern.compile("--([a-z][a-z-]*)");
    private static final Pattern LETTERS = Pattern.compile("\\[-([A-Za-z]+)");
    private static final Pattern SUBCOMMAND = Pattern.compile("(?m)^(?:  | {7}svcadm )([a-z]+)\\b");

    @ParameterizedTest
    @CsvSource({"svcs,1", "svcprop,1", "svcadm,8", "svccfg,8", "svc.startd,8"}) void pageAndCompletionKnowAllOptions(String command,
            String section) throws Exception {
        String help = help(command);
        String page = page(command, section);
        for (String option : found(LONG_OPTION, help)) {
            assertTrue(page.contains("-" + option), "man page: --" + option);
            assertTrue(completion().contains("--" + option), "completion: --" + option);
        }
        for (String letters : found(LETTERS, help)) {
            for (String letter : letters.split("")) {
                Pattern item = Pattern.compile("(?m)^\\.It .*Fl [A-Za-z]*" + letter);
                assertTrue(item.matcher(page).find(), "man page: -" + letter);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"svcadm", "svccfg"}) void pageAndCompletionKnowAllSubcommands(String command) throws Exception {
        Set<String> subcommands = found(SUBCOMMAND, help(command));
        assertFalse(subcommands.isEmpty());
        String page = page(command, "8");
        for (String subcommand : subcommands) {
            assertTrue(Pattern.compile("(?m)^\\.It Cm " + subcommand + "\\b").matcher(page).find(), "man page: " + subcommand);
            assertTrue(Pattern.compile("[' ]" + subcommand + "[' ]").matcher(completion()).find(), "completion: " + subcommand);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static String page(String command, String section) throws IOException {
        return Files.readString(SHARE.resolve("man/man" + section + "/" + command + "." + section));
    }

    private static String completion() throws IOException {
        return Files.readString(SHARE.resolve("bash-completion/completions/svc.bash"));
    }

    private static String help(String command) throws IOException, InterruptedException {
        List<String> words = List.of(SHARE.resolveSibling("bin").resolve(command).toString(), "--help");
        Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectInput(new File("/dev/null")).start();
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), help);
        return help;
    }
}
