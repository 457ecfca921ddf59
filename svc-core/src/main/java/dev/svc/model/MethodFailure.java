package dev.svc.model;

/// Which method failed and how.
///
/// @param timedOut whether it was killed because its deadline passed
public record MethodFailure(String method, WaitStatus status, boolean timedOut) {}
