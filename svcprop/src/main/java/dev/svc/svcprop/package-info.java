/// svcprop(1): prints properties of services and instances.
///
/// [SvcpropOptions] turns arguments into a [SvcpropRequest]; [PropertyListing] asks the manager and prints. Which property holds where,
/// that is composition and snapshots, is decided by the manager; here are selection, designators and quoting.
///
/// Unlike the original, selections (`-p`) are printed in the order of the command line and not in reverse.
package dev.svc.svcprop;
