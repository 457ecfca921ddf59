package dev.svc.control;

import dev.svc.fmri.EntityFmri;
import dev.svc.property.PropertyGroup;
import java.util.Set;

/// A property group as a view shows it.
///
/// @param holder the entity that holds it
/// @param inherited names of its properties that the holder's service holds, not the holder itself
record ViewedGroup(PropertyGroup group, EntityFmri holder, Set<String> inherited) {
    ViewedGroup {
        inherited = Set.copyOf(inherited);
    }

    ViewedGroup(PropertyGroup group, EntityFmri holder) {
        this(group, holder, Set.of());
    }

    /// The entity that holds one of its properties.
    EntityFmri holder(String property) {
        return inherited.contains(property) ? holder.serviceFmri() : holder;
    }
}
