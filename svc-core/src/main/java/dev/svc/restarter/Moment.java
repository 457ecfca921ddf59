package dev.svc.restarter;

import java.time.Instant;

/// What a step may know of its surroundings: the time, and which contract id is the next free one.
///
/// @param wall for display only
/// @param nextContract the id a new contract gets, above every contract that exists, has an exit record or is named by a label (one may
///     have announced a contract that was never made); a step uses at most one, by a [Effect.CreateContract]
public record Moment(BootTime now, Instant wall, ContractId nextContract) {}
