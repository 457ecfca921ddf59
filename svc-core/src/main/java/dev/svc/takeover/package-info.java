/// Takeover: what the repository says × what contracts and labels say → where every instance stands when a manager begins. Pure.
///
/// A manager holds no truth of its own, so starting one is always takeover; a cold boot is the takeover of an empty machine. For each
/// instance two questions come first, answered by whoever is *newer*, the repository (as far as its [Freshness] reaches) or the label:
/// is it enabled, and is it defined. Then the table of [Takeover] tells what becomes of it. What is to happen next is not decided here:
/// it is told to the restarter as ordinary events ([Resumption]), so there is no second policy.
///
/// I8: if facts conflict, a populated contract is kept running and reported; only a provably newer administrative decision, or its own
/// stop in progress, stops it.
///
/// Called once by the engine thread, before the control socket opens. May use `graph` and `restarter` only.
package dev.svc.takeover;
