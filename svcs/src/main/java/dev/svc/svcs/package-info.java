/// svcs(1): what the manager knows of its instances, as text.
///
/// [SvcsOptions] turns arguments into a [SvcsRequest]. Each request is one question to the manager and one kind of text: [Table] for
/// the listings, [LongListing] for `-l`, [LogListing] for `-L`, [ExplanationListing] for `-x`. What to list and why something does not
/// run is decided by the manager; here is only form: columns, widths, abbreviations, order and dates.
///
/// Formats are those of svcs(1) of illumos; where its program fell short of its own manual, ours follows the manual.
package dev.svc.svcs;
