package dev.svc.contract;

import dev.svc.model.Reason;
import dev.svc.posix.Death;
import dev.svc.posix.ProcessIdentity;
import dev.svc.restarter.ContractId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells which deaths by a signal are faults of a contract (ADR 0011): pure, and used by the watch thread only.
///
/// | died of | parent | it is |
/// |---|---|---|
/// | any signal | the manager | none: it was a launcher |
/// | any signal | the launcher | the method itself: its exit record tells |
/// | one that dumps core | any | a fault: core |
/// | want of memory | any | a fault: memory |
/// | another | outside the contract | a fault: signal |
/// | another | inside, or not known | none: the service itself may have sent it |
///
/// In which contract it was is known from its group, if its parent has not reaped it yet; else from the moment when it began to dump
/// core; else because it was one of the *mains* of the contract, the processes whose parent was outside when the method had ended; else,
/// if it dumped core, from its parent.
final class MemberFaults {
    /// How much later than it ended a main's death may be dated, as the kernel tells of both one after the other.
    private static final long SLACK_NANOS = 1_000_000_000L;

    private static final int MOST_DUMPING = 1000;

    private static final int SIGNAL_BITS = 0x7f;

    private static final Duration CERTAIN = Duration.ofSeconds(1);
    private static final Duration POSSIBLE = Duration.ofMillis(20);

    private final Map<Long, Main> mains = new HashMap<>();
    private final Map<Long, ContractId> dumping = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override protected boolean removeEldestEntry(Map.Entry<Long, ContractId> eldest) {
            return size() > MOST_DUMPING;
        }
    };

    /// A fault of a contract.
    record Fault(ContractId contract, Reason reason) {}

    private record Main(ProcessIdentity process, ContractId contract, OptionalLong endedNanos) {
        /// Whether a process of its pid that died then was it, and not one that got its pid later.
        boolean isDeadAt(long nanos) {
            return endedNanos.isEmpty() || nanos - endedNanos.getAsLong() <= SLACK_NANOS;
        }

        /// Whether it may still be told that it died by a signal.
        boolean owesWordAt(long nanos) {
            return endedNanos.isEmpty() || nanos - endedNanos.getAsLong() <= POSSIBLE.toNanos();
        }
    }

    /// How long, after the contract is found empty, a word of the kernel about it is worth waiting for; zero if none is missing.
    ///
    /// A process leaves its group a moment before the kernel tells how it died, and may have to wait for a processor in between. For one
    /// that began to dump core that word will come; for a main it does if it died by a signal.
    ///
    /// @param nanos the time, on the clock of [System#nanoTime]
    Duration patience(ContractId contract, long nanos) {
        Duration forCore = patienceForCore(contract);
        return forCore.isZero() && mains.values().stream().anyMatch(main -> main.contract.equals(contract) && main.owesWordAt(nanos))
                ? POSSIBLE
                : forCore;
    }

    /// How long the end of a core dump is worth waiting for.
    Duration patienceForCore(ContractId contract) {
        return dumping.containsValue(contract) ? CERTAIN : Duration.ZERO;
    }

    /// How long the end of a main is worth waiting for where the kernel tells of nothing else.
    Duration patienceForMains(ContractId contract) {
        return mains.values().stream().anyMatch(main -> main.contract.equals(contract)) ? CERTAIN : Duration.ZERO;
    }

    /// A process of the contract whose parent is outside; [#ended] or [#forget] must follow when it has ended, whatever of.
    ///
    /// Yields whether that is news.
    boolean remember(ContractId contract, ProcessIdentity process) {
        Main before = mains.put(process.pid(), new Main(process, contract, OptionalLong.empty()));
        return before == null || !before.process.equals(process) || before.endedNanos.isPresent();
    }

    /// A main has ended, as was noticed at that time.
    void ended(ProcessIdentity process, long nanos) {
        mains.computeIfPresent(process.pid(), (_, main) -> main.process.equals(process)
                ? new Main(process, main.contract, OptionalLong.of(nanos))
                : main);
    }

    /// Nothing more will be told of a main.
    void forget(ProcessIdentity process) {
        mains.computeIfPresent(process.pid(), (_, main) -> main.process.equals(process) ? null : main);
    }

    void forget(ContractId contract) {
        mains.values().removeIf(main -> main.contract.equals(contract));
    }

    /// What a death means.
    Optional<Fault> of(Observed observed) {
        Death death = observed.death();
        return switch (death.stage()) {
            case DUMPING -> {
                observed.own().known().or(() -> fromParent(observed)).ifPresent(contract -> dumping.put(death.pid(), contract));
                yield Optional.empty();
            }
            case ENDED -> {
                Optional<ContractId> before = Optional.ofNullable(dumping.remove(death.pid()));
                Optional<ContractId> contract = switch (observed.own()) {
                    case Whereabouts.Inside(var inside) -> Optional.of(inside);
                    case Whereabouts.Outside _ -> Optional.empty();
                    case Whereabouts.Unknown _ -> before.or(() -> asMain(death)).or(() -> fromParent(observed));
                };
                mains.remove(death.pid());
                yield contract.flatMap(inside -> reason(observed, inside).map(reason -> new Fault(inside, reason)));
            }
        };
    }

    /// What the end of a main means, its parent being outside.
    ///
    /// @param waitStatus as of wait(2)
    static Optional<Reason> ofMain(int waitStatus) {
        int signal = waitStatus & SIGNAL_BITS;
        if (signal == 0) {
            return Optional.empty();
        }
        return Optional.of(Death.isCore(signal) ? Reason.CT_EV_CORE : Reason.CT_EV_SIGNAL);
    }

    private Optional<ContractId> asMain(Death death) {
        return Optional.ofNullable(mains.get(death.pid())).filter(main -> main.isDeadAt(death.nanos())).map(Main::contract);
    }

    private static Optional<ContractId> fromParent(Observed observed) {
        return observed.own() instanceof Whereabouts.Unknown ? observed.parents().known() : Optional.empty();
    }

    private static Optional<Reason> reason(Observed observed, ContractId contract) {
        if (observed.parentIsLauncher()) {
            return Optional.empty();
        }
        if (observed.death().isCore()) {
            return Optional.of(Reason.CT_EV_CORE);
        }
        if (observed.memoryRanOut()) {
            return Optional.of(Reason.CT_EV_MEMORY);
        }
        return switch (observed.parents()) {
            case Whereabouts.Outside _ -> Optional.of(Reason.CT_EV_SIGNAL);
            case Whereabouts.Inside(var parents) -> parents.equals(contract) ? Optional.empty() : Optional.of(Reason.CT_EV_SIGNAL);
            case Whereabouts.Unknown _ -> Optional.empty();
        };
    }
}
