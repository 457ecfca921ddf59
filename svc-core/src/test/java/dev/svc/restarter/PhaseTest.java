package dev.svc.restarter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.model.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a limit on everything does to where an instance stands.
class PhaseTest {
    private static final BootTime LIMIT = new BootTime(100);
    private static final ContractId ONE = new ContractId(1);
    private static final ContractId TWO = new ContractId(2);

    static Stream<Phase> methodsAndWaits() {
        return Stream.of(Optional.<BootTime>empty(), Optional.of(new BootTime(200))).flatMap(deadline -> Stream.of(
                new Phase.Starting(ONE, deadline, Optional.empty()),
                new Phase.Refreshing(State.ONLINE, Optional.of(ONE), TWO, deadline, Optional.empty()),
                new Phase.Stopping(State.ONLINE, Optional.of(ONE), new Phase.Stage.MethodRunning(TWO), deadline, Then.DISABLED),
                new Phase.Stopping(State.ONLINE, Optional.of(ONE), new Phase.Stage.WaitingForEmpty(Phase.Waiting.KILL_SENT), deadline,
                        Then.DISABLED)));
    }

    @ParameterizedTest
    @MethodSource("methodsAndWaits") void methodsAndWaitsEndAtTheLimit(Phase phase) {
        assertEquals(Optional.of(LIMIT), phase.notLaterThan(LIMIT).due());
        assertEquals(phase.contracts(), phase.notLaterThan(LIMIT).contracts());
    }

    static Stream<Phase> others() {
        Optional<BootTime> late = Optional.of(new BootTime(200));
        return Stream.of(
                new Phase.Disabled(),
                new Phase.Offline(late),
                new Phase.Online(Optional.of(ONE)),
                new Phase.Maintenance(List.of(ONE)),
                new Phase.Starting(ONE, Optional.of(new BootTime(50)), Optional.empty()),
                new Phase.Starting(ONE, late, Optional.of(Phase.Ending.TIMED_OUT)),
                new Phase.Refreshing(State.ONLINE, Optional.of(ONE), TWO, late, Optional.of(Phase.Ending.METHOD_DONE)),
                new Phase.Stopping(State.ONLINE, Optional.of(ONE), new Phase.Stage.MethodEnded(TWO, Phase.Ending.METHOD_DONE), late,
                        Then.DISABLED),
                new Phase.Stopping(State.ONLINE, Optional.of(ONE), new Phase.Stage.Killing(Phase.Ending.TIMED_OUT, List.of()), late,
                        Then.DISABLED));
    }

    @ParameterizedTest
    @MethodSource("others") void whatIsEarlierOrAtRestOrBeingKilledIsLeftAlone(Phase phase) {
        assertEquals(phase, phase.notLaterThan(LIMIT));
    }
}
