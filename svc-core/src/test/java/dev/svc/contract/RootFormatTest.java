package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Sequence;
import dev.svc.restarter.ContractId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The two copies of the root's record.
class RootFormatTest {
    private static final BootIdentity BOOT = new BootIdentity("b", 1);

    @Test void attributeThatCouldNotBeRewrittenGivesWayToTheNewerCopy() {
        RootFormat attribute = stored(new RootFormat(BOOT, 4, root("all", 65)));
        RootFormat copy = stored(new RootFormat(BOOT, 5, root("none", 129)));
        assertEquals(Optional.of(copy), RootFormat.newer(Optional.of(attribute), Optional.of(copy)));
        assertEquals(Optional.of(copy), RootFormat.newer(Optional.of(copy), Optional.of(attribute)));
        assertEquals(Optional.of(attribute), RootFormat.newer(Optional.of(attribute), Optional.empty()));
    }

    @Test void recordOfAManagerThatDidNotCountIsTheOlderOne() {
        String line = new String(new RootFormat(BOOT, 3, root("none", 65)).bytes(), StandardCharsets.UTF_8);
        String uncounted = line.substring(0, line.lastIndexOf(",\"crc\"")).replace("\"revision\":3,", "") + "}";
        byte[] resealed = Checked.seal(uncounted);
        assertEquals(new RootFormat(BOOT, 0, root("none", 65)), RootFormat.of(resealed).orElseThrow());
    }

    @Test void aRecordThatIsBeingEnteredIsNoLostOne() {
        assertTrue(RootRecord.NONE.saysNothing());
        assertTrue(RootRecord.nothing(new ContractId(18)).saysNothing());
        assertFalse(stored(new RootFormat(BOOT, 1, root("all", 1))).record().saysNothing());
    }

    private static RootRecord root(String milestone, long next) {
        return new RootRecord(Sequence.NONE, new ContractId(next), milestone, true, false, Optional.empty());
    }

    private static RootFormat stored(RootFormat format) {
        return RootFormat.of(format.bytes()).orElseThrow();
    }
}
