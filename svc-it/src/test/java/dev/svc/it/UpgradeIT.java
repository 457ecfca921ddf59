package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One install tree's manager takes over from another's; and what a newer version wrote is refused. */
@Timeout(300) class UpgradeIT {
    private Site site;
    private List<Long> pids;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        Files.createDirectory(site.path("trace"));
        site.start();
        site.bring(Daemons.daemon("kept"));
        site.awaitState("site/kept", "online");
        pids = site.pids("site/kept");
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    /** Another tree: the same libraries, commands of its own. */
    private Path tree(String name) throws Exception {
        Path tree = Files.createDirectory(site.path(name));
        Path real = Site.TREE.toRealPath();
        for (String same : List.of("lib", "share")) {
            Files.createSymbolicLink(tree.resolve(same), real.resolve(same));
        }
        Files.createDirectory(tree.resolve("bin"));
        for (String command : List.of("svc.startd", "svcs")) {
            Files.copy(real.resolve("bin").resolve(command), tree.resolve("bin").resolve(command),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        return tree;
    }

    private String commandOfKeeper() throws Exception {
        return Files.readString(Path.of("/proc/" + site.keeper().orElseThrow().pid() + "/cmdline")).replace('\0', ' ');
    }

    @Test void anotherTreeTakesOverWithItsKeeperAndNoServiceNotices() throws Exception {
        long keeper = site.keeper().orElseThrow().pid();
        Path newer = tree("newer");
        Site.Result replaced = site.at(newer, "svc.startd", "--replace");
        assertEquals(0, replaced.status(), () -> replaced.err() + site.managerLog());
        assertTrue(replaced.out().contains("is running"), replaced.out());
        assertEquals(keeper, site.keeper().orElseThrow().pid(), "the same process");
        assertTrue(commandOfKeeper().contains(newer + "/bin/svc.startd"), commandOfKeeper());
        site.killManager();
        site.ok("svcs", "-a");
        assertTrue(site.manager().orElseThrow().info().commandLine().orElse("").contains("-Dsvc.home=" + newer));
        assertEquals(pids, site.pids("site/kept"));
        assertEquals(1, site.text("trace/kept.starts").lines().count());
        assertTrue(!Files.exists(site.path("run/svc/successor")));
    }

    @Test void theOneBeforeIsBackIfTheOtherCannotStart() throws Exception {
        Path broken = tree("broken");
        String wrapper = Files.readString(broken.resolve("bin/svc.startd"));
        Files.writeString(broken.resolve("bin/svc.startd"), wrapper.replace("self=$0", "case $1 in --run) exit 7 ;; esac; self=$0"));
        long keeper = site.keeper().orElseThrow().pid();
        Site.Result result = site.at(broken, "svc.startd", "--replace");
        assertEquals(1, result.status(), result.out());
        assertTrue(result.err().contains("the manager of " + broken + " could not start"), result.err());
        assertTrue(result.err().contains("is back"), result.err());
        assertEquals(keeper, site.keeper().orElseThrow().pid());
        assertTrue(
                commandOfKeeper().contains(Site.TREE.toRealPath() + "/bin/svc.startd") || commandOfKeeper().contains(Site.TREE.toString()),
                commandOfKeeper());
        site.ok("svcs", "-a");
        assertEquals(pids, site.pids("site/kept"));
        assertEquals(1, site.text("trace/kept.starts").lines().count());
    }

    @Test void aTreeThatIsNoneIsRefusedAndNothingHappens() throws Exception {
        Path none = tree("none");
        Files.delete(none.resolve("lib"));
        Files.createDirectory(none.resolve("lib"));
        for (String needed : List.of("runtime", "native")) {
            Files.createSymbolicLink(none.resolve("lib").resolve(needed), Site.TREE.toRealPath().resolve("lib").resolve(needed));
        }
        try (var jars = Files.newDirectoryStream(Site.TREE.toRealPath().resolve("lib"), "*.jar")) {
            for (Path jar : jars) {
                Files.createSymbolicLink(none.resolve("lib").resolve(jar.getFileName()), jar);
            }
        }
        long manager = site.manager().orElseThrow().pid();
        Site.Result result = site.at(none, "svc.startd", "--replace");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("lib/svc.keeper is missing"), result.err());
        assertEquals(manager, site.manager().orElseThrow().pid());
    }

    @Test void aLabelOfANewerVersionIsRefusedBeforeAnythingIsTouched() throws Exception {
        site.ok("svc.startd", "--stop");
        Path copy = site.path("run/svc/label/site%kept:default");
        String label = Files.readString(copy);
        Files.writeString(copy, sealed(label.replaceAll(",\"crc\".*", "").replace("\"version\":1", "\"version\":99")));
        Site.Result start = site.svc("svc.startd", "--daemon");
        assertEquals(2, start.status(), start.err());
        String why = "the label of svc:/site/kept:default is of format 99, written by a newer svc.startd";
        assertTrue(start.err().contains(why), start.err());
        Site.Result next = site.svc("svcs", "-a");
        assertNotEquals(0, next.status());
        assertEquals(1, next.err().lines().count());
        assertTrue(next.err().contains("it could not start: " + why), next.err());

        Files.writeString(copy, label);
        site.start();
        assertEquals(pids, site.pids("site/kept"));
        assertEquals(1, site.text("trace/kept.starts").lines().count());
        assertTrue(!Files.exists(site.path("run/svc/failure")));
    }

    /** As systemd does it with KillMode=process: the manager is spared, and the unit is started anew. */
    @Test void aManagerThatLostItsKeeperMakesRoomForOneThatHasOne() throws Exception {
        ProcessHandle keeper = site.keeper().orElseThrow();
        ProcessHandle manager = site.manager().orElseThrow();
        Site.kill(keeper);
        assertTrue(manager.isAlive());
        ProcessBuilder builder = new ProcessBuilder("setsid", Site.TREE.resolve("lib/svc.keeper").toString(),
                Site.TREE.resolve("bin/svc.startd").toString(), "--run");
        builder.environment().put("SVC_ROOT", site.root().toString());
        builder.redirectErrorStream(true).redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(site.path("var/svc/log/svc.startd.log").toFile()));
        builder.start();
        Site.ended(manager);
        site.await("the new keeper's manager", () -> site.manager().isPresent());
        site.ok("svcs", "-a");
        assertNotEquals(keeper.pid(), site.keeper().orElseThrow().pid());
        assertEquals(pids, site.pids("site/kept"));
        assertEquals(1, site.text("trace/kept.starts").lines().count());
    }

    private static String sealed(String head) {
        CRC32C crc = new CRC32C();
        crc.update(head.getBytes(StandardCharsets.UTF_8));
        return head + ",\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}";
    }
}
