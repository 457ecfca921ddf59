/// Process contracts: which processes belong to an instance, whether any is alive, how its methods ended; and the labels on them.
///
/// Two implementations of [Contracts]: cgroup v2 (full strength), and the fallback for users without writable cgroups (locks, cookies
/// and scans; weaker, and `svcs -l` says so). Which one is chosen once per boot.
///
/// - I2: a label is written (xattr on the instance group first, then the copy on tmpfs) before the effect it announces.
/// - I3: [Contracts#revoke] is `rmdir`: EBUSY while a process or a nested group is inside; after success none can enter.
/// - I4: the launcher writes the exit record before it exits; so on "empty" the record is looked for first, and [Contracts#watch]
///   reports a MethodExited always before the ContractEmptied of the same contract.
/// - I5: nothing leads from a service to the manager: standard input is /dev/null, output goes straight to the log file.
/// - Watch first, read second: an event between the two would otherwise never be seen.
///
/// Semantics: contract(5), process(5), smf_method(7). The methods of [Contracts] are called by the engine thread, except
/// [Contracts#launch] (one virtual thread per spawn) and [Contracts#members] (any thread); [Contracts#watch] starts a thread of its own.
package dev.svc.contract;
