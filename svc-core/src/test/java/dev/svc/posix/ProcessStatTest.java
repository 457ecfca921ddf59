package dev.svc.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessStatTest {
    private static final String REST = " -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 100 200";

    @Test void commandMayHaveBlanksAndParentheses() {
        assertEquals(Optional.of(new ProcessStat(42, "a) R (b c", 'S', 7, 987654)),
                ProcessStat.parse(42, "42 (a) R (b c) S 7 42 42 0" + REST));
    }

    @Test void zombieIsKnownByItsState() {
        assertTrue(ProcessStat.parse(42, "42 (x) Z 7 42 42 0" + REST).orElseThrow().isZombie());
    }

    @Test void textThatIsNoneYieldsNothing() {
        assertEquals(Optional.empty(), ProcessStat.parse(42, ""));
        assertEquals(Optional.empty(), ProcessStat.parse(42, "42 (x) S 7"));
    }

    @Test void thisProcessIsAliveUnderItsOwnStartTimeOnly() {
        ProcessIdentity self = ProcessStat.of(ProcessHandle.current().pid()).orElseThrow().identity();
        assertTrue(self.isAlive());
        assertTrue(!new ProcessIdentity(self.pid(), self.startTicks() + 1).isAlive());
    }
}
