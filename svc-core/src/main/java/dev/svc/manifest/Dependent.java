package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.property.PropertyGroup;

/// A dependency that a bundle's entity puts into another service or instance.
///
/// @param target who depends then
/// @param dependency the property group it becomes there, `external` and with the declaring entity as its entity
/// @param line where it stands
public record Dependent(
        String name,
        EntityFmri target,
        PropertyGroup dependency,
        BundledGroup.Intent intent,
        BundledProperty.Precedence precedence,
        int line) {}
