/// The event loop: one thread owns model, labels and graph, turns events into steps and carries out their effects.
///
/// ```
///   messages ──► queue ──► Engine ── told ──► Restarter.step ── transitions ──► DependencyGraph ── commands ─┐
///                             ▲                    │  ▲                                                      │
///                             │              effects  └───────────────────── told ◄─────────────────────────┘
///                             │                    ▼
///                             └─ answers ──── Effects (labels, contracts; memory speed) ── spawn: a task by itself
///                                             Commits (journal, SQLite: thread "repository")
/// ```
///
/// - *Concerns*: Requests (what administrators ask), Changes (what is recorded and then put in force), Instances (labels and graph),
///   Milestones, OwnInstance, DependencyFiles; Engine makes the turns, Adoption puts it together and takes over.
/// - *Turns*: Engine and Commits are agents; what they do they do in turns that somebody calls. Running gives each a thread. Clocks, tasks
///   and files are [Surroundings], so one thread can drive a whole manager, as the simulation does.
/// - *Settle, then act*: a message first updates labels and graph to a fixpoint; only then are the collected effects carried out, in
///   order; their answers (Revoked, RevokeRefused) are the next messages of the same turn.
/// - The engine thread does memory-speed effects itself; spawning and committing are handed off and come back as messages.
/// - Its queue wait ends at the next deadline, so there is no timer thread and an idle manager sleeps.
/// - Readers get an immutable [Published] snapshot after each turn and never wait for a writer.
/// - An exception in one step is logged, its instance goes to maintenance, the engine goes on (I8: nothing dies for our confusion).
///
/// Ours; division of labour as svc.startd(8) has it between graph engine and restarter.
package dev.svc.engine;
