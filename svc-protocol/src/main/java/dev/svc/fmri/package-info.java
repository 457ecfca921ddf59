/// FMRIs: the names of services, instances, property groups, properties and files.
///
/// An FMRI that exists is valid: every record checks itself when it is made, so no other package validates names again. Grammar and
/// limits are those of smf(7) and fmri(5); where the original validator was known to be lax or wrong (one-letter components, the last
/// character of a component) every component is checked properly.
///
/// All types are immutable values, usable from any thread.
package dev.svc.fmri;
