/// `svc.startd`: puts the manager together, and the commands that begin and end it.
///
/// ```
/// svc.startd --daemon ─► svc.keeper ─► svc.startd --run        the keeper restarts it, takeover goes on
///        │ waits for the socket, then until the default milestone is reached
///        └► prints what came up
/// ```
///
/// Semantics: svc.startd(8); the options are ours.
package dev.svc.startd;
