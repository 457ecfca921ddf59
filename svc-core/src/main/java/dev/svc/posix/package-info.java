/// The one place for what the JDK cannot do: signals other than TERM and KILL, and the user database; and for what `/proc` says of
/// processes.
///
/// - A process is a [ProcessIdentity]: pid and start time, never a pid alone. Whatever is done to a process is done after its identity
///   was compared.
/// - Native calls go through jnr-posix, which costs a good part of a second when it is first used: [Native] loads it on first need, and
///   nothing on the way from the start of the manager to its readiness needs it.
///
/// May be used from any thread.
package dev.svc.posix;
