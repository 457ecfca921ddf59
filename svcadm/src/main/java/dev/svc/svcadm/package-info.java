/// svcadm(8): asks the manager for administrative changes and waits for them if told to.
///
/// Each subcommand is a [Subcommand] of its own, which turns its arguments into a [Request]; [Svcadm] sends that and shows the answer.
/// Which instances the operands stand for, who may do it, and when it is done, is decided by the manager.
package dev.svc.svcadm;
