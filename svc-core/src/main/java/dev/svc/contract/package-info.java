/// Process contracts: which processes belong to an instance, whether any is alive, how its methods ended; and the labels on them.
///
/// [Containment] opens the contracts of a root: it decides once a boot between the two implementations of [Contracts], takes the locks
/// that make a manager the only one, and discards what a former boot left. [CgroupContracts] has the kernel's help: a contract is a
/// cgroup. [FallbackContracts] is for whoever may write no cgroups: a contract is a lock, a cookie and descent, which is weaker, and
/// `svcs -l` says so.
///
/// A method is begun by [Launcher], which spawns the script `svc.launch` into the contract; [MethodCommand] says what that runs. What
/// happens is noticed by [ContractWatch] and told as events; what there is when a manager starts is read by [Survey]. A label is
/// written as [LabelFormat] draws it, on the instance group and as one of the [LabelCopies].
///
/// Where the kernel tells how processes die, a fault of one member while others live is told, too: [DeathObserver] learns what it can
/// at that moment, [MemberFaults] says what it means.
///
/// - I1: one manager. [ManagerLock] on a file of the root group that cannot be unlinked, then on `run/svc/lock`.
/// - I2: a label is written (xattr on the instance group first, then the copy on tmpfs) before the effect it announces.
/// - I3: [Contracts#revoke] is `rmdir`: EBUSY while a process or a nested group is inside; after success none can enter. In the fallback it
///   is taking the contract's lock and unlinking it.
/// - I4: the launcher writes the exit record before it exits; so on "empty" the record is looked for first, and a MethodExited is told
///   always before the ContractEmptied of the same contract.
/// - I5: nothing leads from a service to the manager: standard input is /dev/null, output goes straight to the log file, and every other
///   descriptor is closed.
/// - Watch first, read second: an event between the two would otherwise never be seen.
/// - A signal goes to the process meant or to none ([Signalling]).
///
/// Semantics: contract(5), process(5), smf_method(7). The methods of [Contracts] are called by the engine thread, except
/// [Contracts#launch] (one virtual thread per spawn) and [Contracts#members] (any thread); events are told from a thread of our own.
package dev.svc.contract;
