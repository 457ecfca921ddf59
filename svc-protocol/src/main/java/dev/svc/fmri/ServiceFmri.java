package dev.svc.fmri;

/// The name of a service, such as `svc:/network/ssh`.
public record ServiceFmri(String name) implements EntityFmri {
    public ServiceFmri {
        Names.checkedServiceName(name);
    }

    /// The instance `instance` of this service.
    public InstanceFmri instance(String instance) {
        return new InstanceFmri(name, instance);
    }

    @Override public ServiceFmri serviceFmri() {
        return this;
    }

    @Override public String serviceName() { return name; }

    @Override public String toString() {
        return "svc:/" + name;
    }
}
