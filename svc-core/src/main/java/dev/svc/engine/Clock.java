package dev.svc.engine;

import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Moment;
import java.time.Instant;

/// The clocks. What is below the engine gets times as parameters.
public interface Clock {
    /// CLOCK_MONOTONIC, the same in every process of the boot.
    BootTime now();

    /// The time of day, for display.
    Instant wall();

    default Moment moment(ContractId nextContract) {
        return new Moment(now(), wall(), nextContract);
    }
}
