/// The dependency graph: decides *whether* an instance may run; how it is started and stopped is the restarter's business. Pure.
///
/// A **vertex** is an instance, a service (any of its instances will do), a file, or the manager itself. An instance that is named but
/// does not exist is a vertex too. An **edge** leads from an instance's dependency group to each entity it names; a restarter other
/// than the master is one more group, of one instance, that must run. The graph without its exclusions has no cycle: a definition that
/// would close one is not put in force, its instance is told so, and it is tried again at its refresh and when it is cleared.
///
/// 1. **Satisfaction** is exact always: satisfied, unsatisfied, or unsatisfiable (an administrator is needed). Groups and services
///    count what their members contribute, so a change costs what it touches.
/// 2. An enabled instance that is offline and whose groups are all satisfied is told to start, once each time this becomes true, and
///    again whenever it reports offline.
/// 3. Dependencies gate starting. A running instance is stopped only if a dependency *left* the running states (or was refreshed) for
///    a cause that its `restart_on` covers, or if something that it excludes came up, whatever `restart_on` says. This passes through
///    services and require_any groups even if another member satisfies them.
/// 4. A fault cascades as a fault for one level: who stops for a dependency reports a restart.
/// 5. An administrator's disable takes down those that follow first, leaves before roots. Who is optional, or restarts on `none` or
///    `error`, stays up.
/// 6. A milestone other than `all` takes down what is outside it by temporary disables, dependents first.
/// 7. *Settle, then act*: every call of [DependencyGraph] first adjusts all counts, then says who starts.
///
/// [World] is the same knowledge as an immutable view for those who ask: [Explanation] (`svcs -x`), [Potential] (`svcadm enable -s`)
/// and [Recursion] (`svcadm enable -r`) read it on any thread.
///
/// Semantics: smf(7), svc.startd(8), svcs(1), svcadm(8). Ours:
/// - files are watched, so one that appears starts who waits for it;
/// - an instance whose dependency was lost while it was starting is stopped as soon as it is online;
/// - one that stops, or was told to, satisfies nobody until it is back;
/// - enabling an instance while a disable goes through its dependents cannot strand them, and who may start again only when that
///   disable has gone through is not started before;
/// - whole cycles are named, and a new manager blames whom the last one blamed;
/// - a milestone's temporary settings are all made before anyone goes.
package dev.svc.graph;
