package dev.svc.repository;

/// A backup that has become the configuration.
///
/// @param restoration what that changed
/// @param committed the repository after it, in its new epoch
public record Restored(Restoration restoration, Committed committed) {}
