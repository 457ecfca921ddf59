package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.posix.ProcessIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingFormatTest {
    private static final BootIdentity BOOT = new BootIdentity("one", 1);

    @Test void whatIsWrittenIsRead() {
        for (Ending ending : new Ending[]{new Ending(Optional.of(new ProcessIdentity(4711, 123456)), 6), new Ending(Optional.empty(), 0)}) {
            assertEquals(Optional.of(ending), EndingFormat.of(EndingFormat.bytes(BOOT, ending), BOOT));
        }
    }

    /// A keeper of the next boot may have the same pid and start: PID 1 of a machine has.
    @Test void anotherBootsEndingIsNone() {
        byte[] line = EndingFormat.bytes(BOOT, new Ending(Optional.of(new ProcessIdentity(1, 0)), 0));
        assertEquals(Optional.empty(), EndingFormat.of(line, new BootIdentity("two", 1)));
        assertEquals(Optional.empty(), EndingFormat.of(line, new BootIdentity("one", 2)));
    }

    @Test void damagedOrUnknownIsNone() {
        byte[] line = EndingFormat.bytes(BOOT, new Ending(Optional.empty(), 0));
        for (int i = 0; i < line.length - 1; i++) {
            byte[] damaged = line.clone();
            damaged[i] ^= 1;
            assertEquals(Optional.empty(), EndingFormat.of(damaged, BOOT), "byte " + i);
        }
        byte[] newer = Checked.seal("{\"version\":2,\"boot\":\"" + BOOT + "\",\"status\":0}");
        assertEquals(Optional.empty(), EndingFormat.of(newer, BOOT));
    }
}
