package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.svc.posix.Credentials;
import dev.svc.posix.ProcessStat;
import dev.svc.posix.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A stranger who got the pid of a member while its contract was being signalled is not signalled.
class PidReuseIT {
    private static final int ROUNDS = 10;

    /// When the member dies and the stranger is born.
    enum Moment {
        /// After the members were listed, before they are held.
        LISTED(1),
        /// After they were listed again, right before the signal is sent.
        HELD(2);

        private final int listing;

        Moment(int listing) {
            this.listing = listing;
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class) void strangerWithThePidOfAMemberIsNotSignalled(Moment moment) throws Exception {
        assumeTrue(Credentials.own().isRoot());
        // In a PID namespace of its own, where we may say which pid comes next, and nobody else takes any.
        Process test = new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "--mount-proc",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), InNamespace.class.getName(),
                moment.name()).redirectErrorStream(true).start();
        String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ROUNDS + " pids were reused, 0 strangers were signalled, the other members always\n", said);
    }

    /// The test itself, PID 1 of a namespace.
    static final class InNamespace {
        private final Moment moment;
        private final Cgroup contract;
        private int listings;
        private Process member;
        private Process stranger;

        private InNamespace(Moment moment, Cgroup contract) {
            this.moment = moment;
            this.contract = contract;
        }

        public static void main(String[] arguments) throws Exception {
            Path root = CgroupPlaces.here().find("svc-reuse-" + System.nanoTime()).orElseThrow();
            Cgroup contract = new Cgroup(root);
            try {
                int signalled = 0;
                int reached = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    InNamespace test = new InNamespace(Moment.valueOf(arguments[0]), contract);
                    Process other = test.started();
                    test.run();
                    reached += other.waitFor() == 128 + 15 ? 1 : 0;
                    signalled += isAlive(test.stranger.pid()) ? 0 : 1;
                    test.stranger.destroyForcibly().waitFor();
                }
                System.out.println(ROUNDS + " pids were reused, " + signalled + " strangers were signalled, the other members "
                        + (reached == ROUNDS ? "always" : "not always"));
            } finally {
                contract.kill();
                while (!contract.remove()) {
                    Thread.onSpinWait();
                }
            }
        }

        // Not Process.isAlive(): the JDK may give a process whose pid was another's a moment ago the exit status of that one.
        private static boolean isAlive(long pid) {
            return ProcessStat.of(pid).filter(stat -> !stat.isZombie()).isPresent();
        }

        private void run() throws Exception {
            member = started();
            Signalling.send(this::pids, Signal.TERM);
        }

        private Process started() throws IOException {
            Process process = new ProcessBuilder("sh", "-c", "echo 0 >" + contract.path() + "/cgroup.procs; echo; exec sleep 1000").start();
            process.inputReader().readLine();
            return process;
        }

        private List<Long> pids() throws IOException {
            List<Long> before = new ArrayList<>(contract.pids());
            if (++listings == moment.listing) {
                reuse();
            }
            return before;
        }

        private void reuse() throws IOException {
            try {
                member.destroyForcibly().waitFor();
                do {
                    if (stranger != null) {
                        stranger.destroyForcibly().waitFor();
                    }
                    // Threads of the JVM take pids, too: then once more.
                    Files.writeString(Path.of("/proc/sys/kernel/ns_last_pid"), Long.toString(member.pid() - 1));
                    stranger = new ProcessBuilder("sleep", "1000").start();
                } while (stranger.pid() != member.pid());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
