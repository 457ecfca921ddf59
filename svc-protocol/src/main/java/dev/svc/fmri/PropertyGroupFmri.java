package dev.svc.fmri;

/// The name of a property group of a service or an instance, such as `svc:/network/ssh:default/:properties/general`.
public record PropertyGroupFmri(EntityFmri entity, String group) implements Fmri {
    public PropertyGroupFmri {
        Names.checkedName(group, "property group");
    }

    @Override public String toString() {
        return entity + "/:properties/" + group;
    }
}
