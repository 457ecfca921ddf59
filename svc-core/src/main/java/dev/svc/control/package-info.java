/// The server side of the control socket: who asks, may he, what does he mean, what is the answer.
///
/// ```
///   ControlServer ── accepts ──► Connection (a virtual thread each) ── a line ──► Verbs ──► one class a verb ──► Replies
///        │ Shares: connections a user              │                                │
///        └ Cutoff: who does not read is cut off    └ Caller: uid, Rights            ├─ reads:   Published, never waits
///                                                                                   ├─ changes: Administered.submit
///                                                                                   └─ waits:   Administered.awaitNewer (Patience)
/// ```
///
/// - Who asks comes from the kernel (`SO_PEERCRED`), never from the request. uid 0 and the manager's own user may do all; others what
///   [Authorizations] grants them against SMF's property rules ([Demands]).
/// - Operands mean the same everywhere: [dev.svc.fmri.OperandWalk] over the names of one snapshot.
/// - A request is answered from one snapshot, taken when it begins; a waiting one from each newer one.
/// - What is computed from a snapshot and then submitted as a whole (import, delete) is computed and submitted by one thread at a
///   time, [Configuration], so that no change is computed from values another one is about to replace.
/// - A client cannot hurt: lines, connections and output are bounded, a stalled reader is cut off after [ControlServer.Limits#patience],
///   and whatever is wrong with a line is said in one sentence; the next line is a new chance.
///
/// The wire is drawn in [dev.svc.protocol]; semantics are those of svcs(1), svcadm(8), svcprop(1), svccfg(8), smf_security(7); the
/// authorizations file and the protocol are ours.
package dev.svc.control;
