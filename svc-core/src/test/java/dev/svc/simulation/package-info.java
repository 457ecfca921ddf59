/// The machine that tries to refute the invariants: a whole manager (engine, graph, restarter, takeover, repository) in one thread, on a
/// simulated kernel, a simulated disk and simulated clocks, all driven by one seed.
///
/// ```
///   Scenario ── moves ──► Invoker ──► Engine, Commits        what is under test
///      │                     │
///      │                SimulatedContracts  SimulatedDisk  SimulatedMachine      what one manager has; ends with it
///      │                     │    └────── Doom ──────┘         counts its steps, and kills it at one
///      └── happenings ──► SimulatedKernel   Platter   World                      what outlives it
/// ```
///
/// A manager dies by an error ([Killed]) that comes out of its kernel or its disk, before an operation or between its parts: attribute
/// written but not the copy, group made but no label, line appended by half, committed and not yet known. From then on whatever it does
/// has no effect.
///
/// [Scenario] is one life: what the [Administrator] asks, [Happenings] in the world, [Damage]; [Always] checks the invariants after each
/// move, [Rest] compares with an oracle when nothing happens any more, [Simulator] runs many.
/// Databases are SQLite's own, in memory, serialized into the simulated file at each commit: that is atomic, as SQLite's rollback
/// journal makes it; a half-done SQLite transaction is the business of `dev.svc.repository`'s own tests.
package dev.svc.simulation;
