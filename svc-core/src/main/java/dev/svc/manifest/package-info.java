/// Service bundles: manifests and profiles as XML documents, what they say as values of the model, and back.
///
/// ```
/// bytes ──► ServiceBundles.read ──► Bundle ──► BundleImport.of(bundle, model) ──► Change
///            │ limits, encoding, doctype                     ▲
///            │ grammar: service_bundle.dtd.1                 │
///            │ JAXB: dev.svc.manifest.document             Model ──► BundleExport.of(service, model) ──► XML
///            └ meaning: names, FMRIs, values                 └─────► Deletion.of(entity, model) ──► Change
/// ```
///
/// 1. Nothing but the bytes given is ever read: no DTD, no external or internal entity, no XInclude. A document is refused before it is
///    parsed if it is longer than [ServiceBundles#LONGEST] or not text.
/// 2. Reading throws [BundleException] and nothing else, whatever the bytes are; its findings say file, line and element, what is wrong
///    and what is allowed. All findings of a document are reported together, and nothing of a faulty document is used.
/// 3. The DTD which is shipped is the grammar that is checked: there is no second description of order, attributes and words.
/// 4. An import is one [dev.svc.model.Change]: all of a bundle or nothing. It writes layer *manifest* (a profile: *site-profile*) and
///    replaces there all that earlier imports said of the same service and instances; what the administrator set is in the layer above
///    and stays. An import that changes nothing yields an empty change.
/// 5. What [BundleExport] writes, [ServiceBundles] reads to the same content; a property group that an element cannot say exactly is
///    written as a plain `property_group`.
///
/// Semantics: service_bundle(5), smf(7), svccfg(8); layers instead of the three-way merge as in Solaris 11; atomic import and templates
/// that survive an export are ours. No files, clocks or threads; all types are immutable values, usable from any thread.
package dev.svc.manifest;
