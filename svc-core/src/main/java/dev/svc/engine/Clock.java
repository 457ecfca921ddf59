package dev.svc.engine;

import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Moment;
import java.time.Instant;

/// Reads the clocks. What is below the engine gets times as parameters.
public final class Clock {
    /// CLOCK_MONOTONIC: that is what System.nanoTime reads on Linux, the same in every process of the boot.
    public BootTime now() {
        return new BootTime(System.nanoTime());
    }

    public Instant wall() {
        return Instant.now();
    }

    public Moment moment(ContractId nextContract) {
        return new Moment(now(), wall(), nextContract);
    }
}
