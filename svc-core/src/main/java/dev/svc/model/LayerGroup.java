package dev.svc.model;

import dev.svc.fmri.EntityFmri;
import dev.svc.property.PropertyGroup;
import java.util.Set;

/// What one layer says about one property group of one entity: the unit of storage, hashing, journalling and transaction.
///
/// @param maskedProperties names of properties of lower layers that this layer hides (deleted by the administrator)
/// @param masking whether this layer hides the whole group of lower layers; its own properties still count
public record LayerGroup(EntityFmri entity, Layer layer, PropertyGroup group, Set<String> maskedProperties, Masking masking) {
    /// Whether a layer hides a group altogether.
    public enum Masking {
        NONE, WHOLE_GROUP
    }

    public LayerGroup {
        maskedProperties = Set.copyOf(maskedProperties);
    }

    public LayerGroup(EntityFmri entity, Layer layer, PropertyGroup group) {
        this(entity, layer, group, Set.of(), Masking.NONE);
    }

    /// Identifies a row of the repository.
    public record Key(EntityFmri entity, Layer layer, String group) {}

    public Key key() {
        return new Key(entity, layer, group.name());
    }
}
