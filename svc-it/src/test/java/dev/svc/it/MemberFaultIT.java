package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One process of a daemon has a fault while the others live. */
@Timeout(300) class MemberFaultIT {
    private static final String CORE = " Stopping because process dumped core. ]";
    private static final String SIGNAL = " Stopping because process received fatal signal from outside the service. ]";

    private Site site;

    private void begin(Site fresh) throws Exception {
        site = fresh;
        Files.createDirectory(site.path("trace"));
        site.start();
        site.await("the kernel's word",
                () -> site.managerLog().contains("the kernel does not tell us here") || !faults().contains("faults "));
    }

    private String faults() {
        return site.ok("svcs", "-l", "system/svc/restarter");
    }

    @AfterEach void end() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    @Test void daemonWithABrokenProcessIsRestartedUnlessThatIsIgnored() throws Exception {
        begin(Site.create());
        assumeTrue(!faults().contains("faults "));
        site.bring(forking("forking", ""), forking("ignoring", "core,signal"), forking("hardy", "core"),
                Daemons.daemon("dependent").replace("<exec_method type='method' name='start'", """
                        <dependency name='on' grouping='require_all' restart_on='error' type='service'>
                              <service_fmri value='svc:/site/forking:default'/></dependency>
                            <exec_method type='method' name='start'"""));
        for (String name : List.of("forking", "ignoring", "hardy", "dependent")) {
            site.awaitState("site/" + name, "online");
        }

        List<Long> dependent = site.pids("site/dependent");
        List<Long> before = site.pids("site/forking");
        kill("SEGV", before.getLast());
        awaitRestart("forking", before);
        assertLogged("forking", CORE);
        site.await("dependent restarted",
                () -> !site.pids("site/dependent").equals(dependent) && site.state("site/dependent").equals("online"));

        List<Long> again = site.pids("site/forking");
        kill("KILL", again.getFirst());
        awaitRestart("forking", again);
        assertLogged("forking", SIGNAL);

        List<Long> ignoring = site.pids("site/ignoring");
        List<Long> hardy = site.pids("site/hardy");
        kill("SEGV", ignoring.getLast());
        kill("SEGV", hardy.getLast());
        kill("KILL", ignoring.getFirst());
        // Told in the order in which they died: when this is acted upon, the others were.
        kill("KILL", hardy.getFirst());
        awaitRestart("hardy", hardy);
        assertLogged("hardy", SIGNAL);
        assertFalse(site.log("site-hardy:default").contains(CORE));
        assertEquals(ignoring.subList(1, ignoring.size() - 1), site.pids("site/ignoring"));
        assertFalse(site.log("site-ignoring:default").contains("Stopping"));
    }

    @Test void whereTheKernelTellsNothingTheMainProcessIsStillSeen() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "a network of one's own needs root");
        begin(Site.inOwnNetwork());
        assumeTrue(faults().contains("seen of main processes only"), "Linux 6.15 or later");
        site.bring(forking("forking", ""), forking("ignoring", "signal"), Daemons.daemon("single"));
        for (String name : List.of("forking", "ignoring", "single")) {
            site.awaitState("site/" + name, "online");
        }

        List<Long> ignoring = site.pids("site/ignoring");
        kill("KILL", ignoring.getFirst());
        List<Long> forking = site.pids("site/forking");
        kill("SEGV", forking.getLast());
        kill("SEGV", forking.getFirst());
        awaitRestart("forking", forking);
        assertLogged("forking", CORE);

        List<Long> single = site.pids("site/single");
        kill("KILL", single.getFirst());
        awaitRestart("single", single);
        assertLogged("single", SIGNAL);

        site.killManager();
        List<Long> after = site.pids("site/forking");
        kill("TERM", after.getFirst());
        awaitRestart("forking", after);
        assertLogged("forking", SIGNAL);
        assertFalse(site.log("site-ignoring:default").contains("Stopping"));
        assertEquals(2, site.log("site-forking:default").split("Stopping", -1).length - 1);
    }

    @Test void faultIsTheAuxiliaryStateWhileTheServiceIsDown() throws Exception {
        begin(Site.create());
        assumeTrue(!faults().contains("faults "));
        site.bring(Daemons.daemon("slow").replace("exec=':kill'",
                "exec='sh -c \"while ! test -e \\$SVC_ROOT/go; do sleep 0.05; done\"'"));
        site.awaitState("site/slow", "online");
        List<Long> before = site.pids("site/slow");
        kill("ABRT", before.getFirst());
        site.await("it stops", () -> site.svc("svcs", "-Ho", "nstate", "site/slow").out().contains("offline"));
        assertEquals("ct_ev_core\n", site.ok("svcprop", "-p", "restarter/auxiliary_state", "svc:/site/slow:default"));
        site.write("go", "");
        awaitRestart("slow", before);
        assertLogged("slow", CORE);
        // Its stop method stops nothing: what is left is for the end of the site.
        site.ok("svcadm", "mark", "-I", "maintenance", "site/slow");
    }

    /// A main process with two others; its parent is not in the service.
    private static String forking(String name, String ignored) {
        String service = Daemons.service(name, true, new String[0],
                "(sleep 100001 &amp; sleep 100002 &amp; sleep 100003 &amp; wait) &amp; exit 0", ":kill", "contract");
        return ignored.isEmpty()
                ? service
                : service.replace("    </property_group>",
                        "      <propval name='ignore_error' type='astring' value='" + ignored + "'/>\n    </property_group>");
    }

    private void kill(String signal, long pid) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor());
        site.await("death of " + pid, () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    private void awaitRestart(String name, List<Long> before) {
        site.await(name + " restarted", () -> {
            List<Long> now = site.pids("site/" + name);
            return now.size() == before.size() && now.stream().noneMatch(before::contains);
        });
    }

    private void assertLogged(String name, String line) {
        String log = site.log("site-" + name + ":default");
        assertTrue(log.contains(line), log);
    }
}
