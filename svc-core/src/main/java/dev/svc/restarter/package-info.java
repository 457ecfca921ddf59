/// The restarter: one instance's life as a function, `(definition, label, event, moment) → step`. Pure.
///
/// - All that is known of an instance's life this boot stands in its [Label]; the restarter keeps nothing beside it. A label therefore
///   is the working state, the record in the kernel (xattr on the instance group) and the input of takeover, all in one.
/// - A [Step] is the next label and the [Effect]s that make it true, in order. I2: the [Effect.WriteLabel] that announces an
///   intention stands before the effect it announces.
/// - The world answers only by [Event]s. One path: a method's end is known from its exit record, in normal running as after a crash.
/// - [dev.svc.model.Transition]s are what the graph is told.
///
/// Semantics: svc.startd(8), smf_restarter(7), smf_method(7); where we improve on them (contracts of failed starts are killed before
/// they are abandoned, stop ends in disabled if everything is dead) the method concerned says so. Called by the engine thread only.
package dev.svc.restarter;
