package dev.svc.repository;

import java.time.Instant;

/// A backup, as far as its name and directory tell.
///
/// @param name such as `repository-boot-42.db`
/// @param kind `boot`, `manifest_import` or `daily`
/// @param sequence the last change in it
/// @param written when
public record BackupCopy(String name, String kind, long sequence, Instant written) {}
