package dev.svc.fmri;

/// The name of a property, such as `svc:/network/ssh:default/:properties/general/enabled`.
public record PropertyFmri(EntityFmri entity, String group, String property) implements Fmri {
    public PropertyFmri {
        Names.checkedName(group, "property group");
        Names.checkedName(property, "property");
    }

    @Override public String toString() {
        return entity + "/:properties/" + group + "/" + property;
    }
}
