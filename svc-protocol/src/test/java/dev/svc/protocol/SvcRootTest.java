package dev.svc.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SvcRootTest {
    private static SvcRoot root(Map<String, String> environment, int uid) {
        return SvcRoot.of(environment, uid);
    }

    @Test void explicitRootWins() {
        assertEquals(new SvcRoot(Path.of("/srv/x")), root(Map.of("SVC_ROOT", "/srv/./x/"), 0));
        assertEquals(new SvcRoot(Path.of("/srv/x")), SvcRoot.of(Map.of("SVC_ROOT", "/srv/x")));
    }

    @Test void rootOfTheSuperuserIsTheRoot() {
        assertEquals(new SvcRoot(Path.of("/")), root(Map.of("HOME", "/root"), 0));
        assertEquals(new SvcRoot(Path.of("/")), root(Map.of("SVC_ROOT", ""), 0));
    }

    @Test void rootOfOthersIsTheirStateDirectory() {
        assertEquals(Path.of("/home/u/.local/state/svc"), root(Map.of("HOME", "/home/u"), 7).path());
        assertEquals(Path.of("/s/svc"), root(Map.of("HOME", "/home/u", "XDG_STATE_HOME", "/s"), 7).path());
    }

    @Test void emptyEnvironmentIsEnough() {
        assertTrue(SvcRoot.of(Map.of()).path().isAbsolute());
    }

    @Test void pathsAreBelowIt() {
        SvcRoot root = new SvcRoot(Path.of("/x"));
        assertEquals(Path.of("/x/run/svc/control.sock"), root.controlSocket());
        assertEquals(Path.of("/x/var/svc/log/network-ssh:default.log"), root.log(InstanceFmri.parse("network/ssh:default")));
    }

    @Test void groupsOfTwoRootsDiffer() {
        assertEquals("svc", new SvcRoot(Path.of("/")).groupName());
        assertNotEquals(new SvcRoot(Path.of("/a")).groupName(), new SvcRoot(Path.of("/b")).groupName());
        assertTrue(new SvcRoot(Path.of("/a")).groupName().matches("svc-[0-9a-f]{10}"));
    }
}
