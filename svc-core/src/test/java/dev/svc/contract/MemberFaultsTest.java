package dev.svc.contract;

import static dev.svc.model.Reason.CT_EV_CORE;
import static dev.svc.model.Reason.CT_EV_MEMORY;
import static dev.svc.model.Reason.CT_EV_SIGNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.contract.MemberFaults.Fault;
import dev.svc.contract.Whereabouts.Inside;
import dev.svc.contract.Whereabouts.Outside;
import dev.svc.contract.Whereabouts.Unknown;
import dev.svc.model.Reason;
import dev.svc.posix.Death;
import dev.svc.posix.ProcessIdentity;
import dev.svc.restarter.ContractId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberFaultsTest {
    private static final ContractId CONTRACT = new ContractId(17);
    private static final Whereabouts INSIDE = new Inside(CONTRACT);
    private static final Whereabouts ELSEWHERE = new Inside(new ContractId(18));
    private static final Whereabouts OUTSIDE = new Outside();
    private static final Whereabouts UNKNOWN = new Unknown();
    private static final int KILL = 9;
    private static final int SEGV = 11;
    private static final long PID = 4711;
    private static final long NOW = 1_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final MemberFaults faults = new MemberFaults();

    @Test void coreDumpIsAFaultWhoeverTheParentIs() {
        for (Whereabouts parent : new Whereabouts[]{INSIDE, ELSEWHERE, OUTSIDE, UNKNOWN}) {
            assertEquals(fault(CT_EV_CORE), faults.of(ended(SEGV, INSIDE, parent)));
        }
    }

    @Test void otherSignalIsAFaultOnlyIfTheParentIsOutside() {
        assertEquals(fault(CT_EV_SIGNAL), faults.of(ended(KILL, INSIDE, OUTSIDE)));
        assertEquals(fault(CT_EV_SIGNAL), faults.of(ended(KILL, INSIDE, ELSEWHERE)));
        assertEquals(Optional.empty(), faults.of(ended(KILL, INSIDE, INSIDE)));
        assertEquals(Optional.empty(), faults.of(ended(KILL, INSIDE, UNKNOWN)));
    }

    @Test void killingForMemoryIsAFaultWhoeverTheParentIs() {
        assertEquals(fault(CT_EV_MEMORY), faults.of(new Observed(death(KILL), INSIDE, INSIDE, false, true)));
        assertEquals(fault(CT_EV_MEMORY), faults.of(new Observed(death(KILL), INSIDE, OUTSIDE, false, true)));
    }

    @Test void methodItselfIsLeftToItsExitRecord() {
        assertEquals(Optional.empty(), faults.of(new Observed(death(SEGV), INSIDE, INSIDE, true, false)));
        assertEquals(Optional.empty(), faults.of(new Observed(death(KILL), UNKNOWN, INSIDE, true, true)));
    }

    @Test void whoIsKnownToBeOutsideIsNoMemberWhateverWasKnownBefore() {
        faults.remember(CONTRACT, new ProcessIdentity(PID, 1));
        faults.of(dumping(INSIDE));
        assertEquals(Optional.empty(), faults.of(ended(SEGV, OUTSIDE, INSIDE)));
    }

    @Test void whoWasReapedIsKnownFromTheBeginningOfItsCoreDump() {
        faults.of(dumping(INSIDE));
        assertEquals(fault(CT_EV_CORE), faults.of(ended(SEGV, UNKNOWN, OUTSIDE)));
        assertEquals(Optional.empty(), faults.of(ended(SEGV, UNKNOWN, OUTSIDE)), "its pid is another's now");
    }

    @Test void whoWasReapedIsKnownFromItsParentIfItDumpedCore() {
        assertEquals(fault(CT_EV_CORE), faults.of(ended(SEGV, UNKNOWN, INSIDE)));
        assertEquals(Optional.empty(), faults.of(ended(KILL, UNKNOWN, INSIDE)));
    }

    @Test void mainThatWasReapedIsRemembered() {
        ProcessIdentity main = new ProcessIdentity(PID, 1);
        assertTrue(faults.remember(CONTRACT, main));
        assertFalse(faults.remember(CONTRACT, main), "it is awaited already");
        faults.ended(main, NOW - SECOND / 2);
        assertEquals(fault(CT_EV_SIGNAL), faults.of(ended(KILL, UNKNOWN, OUTSIDE)));
    }

    @Test void strangerWithThePidOfAMainThatHadEndedIsNoMember() {
        ProcessIdentity main = new ProcessIdentity(PID, 1);
        faults.remember(CONTRACT, main);
        faults.ended(main, NOW - 2 * SECOND);
        assertEquals(Optional.empty(), faults.of(ended(KILL, UNKNOWN, OUTSIDE)));
    }

    @Test void endOfAnOlderMainOfThatPidSaysNothing() {
        ProcessIdentity main = new ProcessIdentity(PID, 2);
        faults.remember(CONTRACT, main);
        faults.ended(new ProcessIdentity(PID, 1), NOW - 2 * SECOND);
        assertEquals(fault(CT_EV_SIGNAL), faults.of(ended(KILL, UNKNOWN, OUTSIDE)));
    }

    @Test void mainsOfAContractThatIsGoneAreForgotten() {
        faults.remember(CONTRACT, new ProcessIdentity(PID, 1));
        faults.forget(CONTRACT);
        assertEquals(Optional.empty(), faults.of(ended(KILL, UNKNOWN, OUTSIDE)));
    }

    @Test void wordOfACoreDumpThatBeganWillCome() {
        assertTrue(faults.patience(CONTRACT, NOW).isZero());
        faults.of(dumping(INSIDE));
        assertFalse(faults.patience(CONTRACT, NOW).isZero());
        assertFalse(faults.patienceForCore(CONTRACT).isZero());
        assertTrue(faults.patience(new ContractId(18), NOW).isZero());
        faults.of(ended(SEGV, UNKNOWN, OUTSIDE));
        assertTrue(faults.patience(CONTRACT, NOW).isZero());
    }

    @Test void wordOfAMainMayComeUntilItWasSaidOrTheMainIsLongGone() {
        ProcessIdentity main = new ProcessIdentity(PID, 1);
        faults.remember(CONTRACT, main);
        assertFalse(faults.patience(CONTRACT, NOW).isZero());
        assertTrue(faults.patienceForCore(CONTRACT).isZero());
        faults.ended(main, NOW);
        assertFalse(faults.patience(CONTRACT, NOW).isZero());
        assertTrue(faults.patience(CONTRACT, NOW + SECOND).isZero());
        faults.of(ended(KILL, UNKNOWN, OUTSIDE));
        assertTrue(faults.patience(CONTRACT, NOW).isZero());
    }

    @Test void endOfAMainIsAFaultIfItWasByASignal() {
        assertEquals(Optional.empty(), MemberFaults.ofMain(0));
        assertEquals(Optional.empty(), MemberFaults.ofMain(3 << 8));
        assertEquals(Optional.of(CT_EV_SIGNAL), MemberFaults.ofMain(KILL));
        assertEquals(Optional.of(CT_EV_CORE), MemberFaults.ofMain(SEGV | 0x80));
    }

    @Test void endOfAMainIsAwaitedUntilItIsToldWhereNothingElseIs() {
        ProcessIdentity main = new ProcessIdentity(PID, 1);
        faults.remember(CONTRACT, main);
        assertFalse(faults.patienceForMains(CONTRACT).isZero());
        faults.forget(new ProcessIdentity(PID, 2));
        assertFalse(faults.patienceForMains(CONTRACT).isZero());
        faults.forget(main);
        assertTrue(faults.patienceForMains(CONTRACT).isZero());
    }

    private static Optional<Fault> fault(Reason reason) {
        return Optional.of(new Fault(CONTRACT, reason));
    }

    private static Observed dumping(Whereabouts own) {
        return new Observed(new Death(Death.Stage.DUMPING, PID, 0, 1, NOW), own, OUTSIDE, false, false);
    }

    private static Observed ended(int signal, Whereabouts own, Whereabouts parents) {
        return new Observed(death(signal), own, parents, false, false);
    }

    private static Death death(int signal) {
        return new Death(Death.Stage.ENDED, PID, signal, 1, NOW);
    }
}
