/// What the administrator wants: services, instances, their property groups in layers, snapshots, and the typed view of them that
/// the graph and the restarter read.
///
/// - A [Model] is an immutable value: every layer's property groups of every entity, and the snapshots. A [Change] yields the next one.
/// - An entity exists while any layer holds a property group of it that is not masked.
/// - Layers ([Layer]) compose upwards, property by property; instances compose over their service; as in SMF only groups of the same
///   name *and type* compose, else the instance's hides the service's.
/// - Graph and restarter read a [Definition], made from the *running* snapshot (composed current values if there is none yet). Only
///   `general/enabled`, `general/restarter` and the milestone act without a refresh.
///
/// Semantics: smf(7), svccfg(8); layers as in Solaris 11. Pure: no files, clocks or threads; all types are immutable.
package dev.svc.model;
