package dev.svc.repository;

import java.util.Locale;
import java.util.Optional;

/// Why a backup is made; so many of each kind are kept.
public enum BackupKind {
    BOOT, MANIFEST_IMPORT, DAILY;

    /// How many of a kind are kept.
    static final int KEPT = 4;

    /// As in file names: `manifest_import`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<BackupKind> named(String word) {
        for (BackupKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
