/// The one place for what the JDK cannot do: signals, the ends of processes that are no children of ours and what
/// ended them, the user database, flock(2), and starting programs cheaply; and for what `/proc` says of processes.
///
/// - A process is a [ProcessIdentity]: pid and start time, never a pid alone. A signal is sent to a [HeldProcess], after what was meant was
///   compared with what is held.
/// - Native calls go through the JDK's foreign function interface ([Libc], [NativeSpawner]), whose first use costs some 50 ms: on the
///   way from the start of the manager to its readiness nothing needs it. The user database is read by jnr-posix, which costs a good part
///   of a second when it is first used: [Native] loads it on first need, on the thread of a method that names a user.
///
/// May be used from any thread.
package dev.svc.posix;
