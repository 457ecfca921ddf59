package dev.svc.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the kernel's process connector does at its limits.
class ProcessConnectorIT {
    /// The kernel gives no less than some two thousand bytes, which is room for a few.
    private static final int SMALLEST = 1;

    private static final int MORE_THAN_A_FEW = 100;

    @Test void moreThanThereIsRoomForIsAnOverflowAndThenItGoesOn() throws Exception {
        Optional<ProcessConnector> opened = ProcessConnector.open(SMALLEST);
        assumeTrue(opened.isPresent(), "the kernel does not tell us");
        try (ProcessConnector connector = opened.get()) {
            // All have died, and the kernel has told it, when their parent has ended.
            long shell = ended("for i in $(seq " + MORE_THAN_A_FEW + "); do sh -c 'kill -9 $$'; done; exit 0");
            assertThrows(ProcessConnector.OverflowException.class, () -> allOf(connector, shell));
            assertTrue(allOf(connector, shell) < MORE_THAN_A_FEW);
            assertEquals(1, allOf(connector, ended("sh -c 'kill -9 $$'; exit 0")));
        }
    }

    @Test void otherNamespacesAreToldNothing() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "namespaces need root");
        assertEquals(ProcessConnector.open().isPresent() ? "told" : "refused", answer());
        assertEquals("refused", answer("unshare", "--fork", "--pid", "--mount-proc"));
        assertEquals("refused", answer("unshare", "--net"));
        assertEquals("refused", answer("unshare", "--user", "--map-root-user"));
    }

    /// A process that asks to be told.
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) {
            System.out.println(ProcessConnector.open().isPresent() ? "told" : "refused");
        }
    }

    private static String answer(String... prefix) throws Exception {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Asking.class.getName()));
        Process asking = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = asking.inputReader().readLine();
        assertEquals(0, asking.waitFor());
        return answer;
    }

    private static long ended(String script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", script).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertEquals(0, shell.waitFor());
        return shell.pid();
    }

    /// How many children of that process have died by KILL, as told.
    private static int allOf(ProcessConnector connector, long parent) throws Exception {
        int all = 0;
        for (Optional<Death> death = connector.next(); death.isPresent(); death = connector.next()) {
            if (death.get().parent() == parent && death.get().signal() == 9) {
                all++;
            }
        }
        return all;
    }
}
