package dev.svc.manifest;

import java.util.List;

/// What a service bundle says.
///
/// @param file how the bundle was named to the reader; for messages
/// @param origin the path which `manifestfiles` records; the same as `file` unless [#from] gave another
/// @param name the bundle's own name, which nothing depends on
/// @param services in document order, those of nested bundles included
public record Bundle(String file, String origin, Kind kind, String name, List<BundledService> services) {
    /// What a bundle is for.
    public enum Kind {
        MANIFEST, PROFILE, ARCHIVE;

        /// The word in the bundle's `type` attribute.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Bundle {
        services = List.copyOf(services);
    }

    /// This bundle, recorded as coming from the file `path`.
    public Bundle from(String path) {
        return new Bundle(file, path, kind, name, services);
    }
}
