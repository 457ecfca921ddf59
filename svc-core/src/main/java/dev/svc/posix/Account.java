package dev.svc.posix;

/// A user of the user database.
///
/// @param gid its primary group
public record Account(String name, int uid, int gid, String home) {}
