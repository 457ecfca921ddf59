/// svccfg(8): brings service bundles into the configuration and out of it again.
///
/// Each subcommand is a [Subcommand] of its own, which turns its arguments into a [Request]; the request does the work. What changes or
/// reads the configuration is asked of the manager; `validate` and `inventory` look at files only, and alone load the manifest reader of
/// the manager's own library, so that they work without a manager.
package dev.svc.svccfg;
