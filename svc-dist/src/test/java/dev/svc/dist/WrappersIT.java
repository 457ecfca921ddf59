package dev.svc.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wrappers in a tree whose Java is a script that tells what it was given: its arguments, a line each, then its environment. */
@Timeout(30) class WrappersIT {
    private static final String TELLTALE = """
            #!/bin/sh
            printf '%s\\n' "$@"
            echo --
            env
            for fd in 0 1 2; do echo "fd$fd=$(readlink /proc/$$/fd/$fd)"; done
            """;

    @TempDir Path scratch;
    private Path tree;

    @BeforeEach void makeTree() throws IOException {
        tree = Files.createDirectory(scratch.toRealPath().resolve("a tree"));
        var directory = new Directory(tree);
        directory.in("lib/runtime/bin").writeExecutable("java", TELLTALE);
        Files.createFile(tree.resolve("lib/asm.jar"));
        new Wrappers(Path.of("src/main/sh/command.sh"), directory.in("lib")).writeInto(directory.in("bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "cd / && '$T/bin/svcs'",
            "cd '$T' && bin/svcs",
            "cd '$T' && ./bin/svcs",
            "cd '$T/bin' && ./svcs",
            "cd '$T/bin' && sh svcs",
            "cd '$T/lib' && ../bin/svcs",
            "'$T/lib/../bin/svcs'",
            "PATH='$T/bin':$PATH && svcs",
            "ln -s '$T/bin/svcs' '$T/../absolute' && '$T/../absolute'",
            "cd '$T' && ln -s bin/svcs near && ln -s near nearer && ./nearer",
            "mkdir '$T/elsewhere' && ln -s ../bin/svcs '$T/elsewhere/svcs' && '$T/elsewhere/svcs'",
            "cd '$T' && CDPATH=/tmp:. && export CDPATH && bin/svcs"}) void theTreeIsFoundByThePathOfTheWrapper(String call)
                    throws Exception {
        assertTrue(told(call.replace("$T", tree.toString())).contains("-Dsvc.home=" + tree));
    }

    @Test void argumentsArePassedOnUnchanged() throws Exception {
        List<String> told = told("'" + tree + "/bin/svcs' -a 'two words' '' '*'");
        int end = told.indexOf("--");
        assertEquals(List.of("dev.svc.svcs.Svcs", "-a", "two words", "", "*"), told.subList(end - 5, end));
    }

    @Test void anEmptyEnvironmentWillDo() throws Exception {
        Process wrapper = new ProcessBuilder("env", "-i", tree.resolve("bin/svcs").toString()).start();
        assertTrue(output(wrapper).contains("-Dsvc.home=" + tree));
        assertEquals(0, wrapper.waitFor());
    }

    @Test void optionsForOtherJavaProgramsAreKeptAway() throws Exception {
        var builder = new ProcessBuilder(tree.resolve("bin/svcs").toString());
        builder.environment().putAll(Map.of("JAVA_TOOL_OPTIONS", "-x", "_JAVA_OPTIONS", "-x", "JDK_JAVA_OPTIONS", "-x"));
        Process wrapper = builder.start();
        assertFalse(output(wrapper).stream().anyMatch(line -> line.contains("_OPTIONS")));
        assertEquals(0, wrapper.waitFor());
    }

    @Test void closedDescriptorsAreTakenByTheNullDevice() throws Exception {
        assertTrue(told("'" + tree + "/bin/svcs' <&- 2>&-").containsAll(List.of("fd0=/dev/null", "fd2=/dev/null")));
    }

    @Test void onlyACacheThatIsThereIsNamed() throws Exception {
        assertEquals("-Xshare:auto", told("'" + tree + "/bin/svcs'").getFirst());
        Path cache = Files.createDirectory(tree.resolve("lib/aot")).resolve("svcs.aot");
        Files.createFile(cache);
        assertEquals("-XX:AOTCache=" + cache, told("'" + tree + "/bin/svcs'").getFirst());
    }

    @Test void theManagerGetsAllJarsButThoseOfTheCommands() throws Exception {
        List<String> told = told("'" + tree + "/bin/svc.startd'");
        String lib = tree + "/lib/";
        assertEquals(lib + "svc-core.jar:" + lib + "svc-protocol.jar:" + lib + "asm.jar", told.get(told.indexOf("-cp") + 1));
    }

    private List<String> told(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        List<String> lines = output(shell);
        assertEquals(0, shell.waitFor(), () -> String.join("\n", lines));
        return lines;
    }

    private static List<String> output(Process process) throws IOException {
        return new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
}
