package dev.svc.svcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.command.CannedManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a listing loads: nothing of the manager's libraries, and none of the conveniences that cost a command its start-up.
class LoadedClassesIT {
    private static final List<String> FORBIDDEN = List.of("jakarta.xml.", "org.glassfish.", "org.sqlite.", "jnr.", "com.kenai.",
            "java.util.Formatter", "java.time.format.", "java.net.http.", "dev.svc.fmri.OperandWalk",
            "java.lang.runtime.SwitchBootstraps");

    @TempDir Path root;

    @Test void listingLoadsNoMoreThanItNeeds() throws Exception {
        Path log = root.resolve("classes");
        Path out = root.resolve("out");
        try (CannedManager _ = new CannedManager(root)
                .answering("{\"instance\":{\"fmri\":\"svc:/a:b\",\"state\":\"online\",\"next\":\"none\",\"since\":\"1.0\"}}")) {
            Process svcs = start(log, out);
            assertTrue(svcs.waitFor(60, TimeUnit.SECONDS), "svcs did not end");
            assertEquals(0, svcs.exitValue(), Files.readString(out));
        }
        assertTrue(Files.readString(out).endsWith("svc:/a:b\n"), Files.readString(out));
        List<String> loaded = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            FORBIDDEN.stream().filter(line::startsWith).forEach(_ -> loaded.add(line));
        }
        assertEquals(List.of(), loaded);
    }

    private Process start(Path log, Path out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-Xlog:class+load:file=" + log + ":none", "-cp", System.getProperty("java.class.path"),
                Svcs.class.getName(), "-a");
        builder.environment().put("SVC_ROOT", root.toString());
        return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    }
}
