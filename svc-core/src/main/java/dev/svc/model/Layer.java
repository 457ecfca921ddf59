package dev.svc.model;

import java.util.Locale;
import java.util.Optional;

/// Where a setting comes from, lowest first: a higher layer's value hides a lower one's.
public enum Layer {
    MANIFEST, SYSTEM_PROFILE, SITE_PROFILE, ADMIN;

    private final String layerName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// The name commands print, such as `site-profile`.
    public String layerName() {
        return layerName;
    }

    public static Optional<Layer> named(String name) {
        for (Layer layer : values()) {
            if (layer.layerName().equals(name)) {
                return Optional.of(layer);
            }
        }
        return Optional.empty();
    }
}
