/// Property groups, properties and their typed values: what a repository holds and what travels over the control socket.
///
/// Values are kept in their canonical text form ([ValueType#canonical]), so equality of values is equality of strings. Types and
/// ranges are those of smf(7) property types. All types are immutable values, usable from any thread.
package dev.svc.property;
