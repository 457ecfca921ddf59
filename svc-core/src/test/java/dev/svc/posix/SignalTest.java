package dev.svc.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalTest {
    @Test void signalIsNamedOrNumbered() {
        assertEquals(Optional.of(Signal.TERM), Signal.named("TERM"));
        assertEquals(Optional.of(Signal.TERM), Signal.named("SIGTERM"));
        assertEquals(Optional.of(Signal.KILL), Signal.named("9"));
        assertEquals(Optional.of(new Signal(12)), Signal.named("USR2"));
        assertEquals(Optional.of(new Signal(31)), Signal.named("SYS"));
        assertEquals(Optional.of(new Signal(64)), Signal.named("64"));
        for (String other : new String[]{"", "0", "65", "term", "TERMINATE", "-9", "SIG"}) {
            assertEquals(Optional.empty(), Signal.named(other), other);
        }
    }

    @Test void everyNameIsItsOwn() {
        for (int number = 1; number <= 64; number++) {
            assertEquals(Optional.of(new Signal(number)), Signal.named(new Signal(number).name()));
        }
    }
}
