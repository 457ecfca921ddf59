/// The one place for what the JDK cannot do: signals other than TERM and KILL, the user
/// database, flock(2), and starting programs cheaply; and for what `/proc` says of
/// processes.
///
/// - A process is a [ProcessIdentity]: pid and start time, never a pid alone. Whatever is done to a process is done after its identity
///   was compared.
/// - Native calls go through jnr-posix, which costs a good part of a second when it is first used: [Native] loads it on first need, and
///   nothing on the way from the start of the manager to its readiness needs it. The one exception is posix_spawn(3), which jnr-posix does
///   not have in full: [NativeSpawner] calls it by the JDK's foreign function interface.
///
/// May be used from any thread.
package dev.svc.posix;
