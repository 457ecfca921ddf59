package dev.svc.fmri;

/// The name of an instance, such as `svc:/network/ssh:default`.
public record InstanceFmri(String service, String instance) implements EntityFmri {
    /// The master restarter: the manager's own instance, which is never a vertex of the graph.
    public static final InstanceFmri MASTER_RESTARTER = new InstanceFmri("system/svc/restarter", "default");

    public InstanceFmri {
        Names.checkedServiceName(service);
        Names.checkedName(instance, "instance");
    }

    /// Yields the instance that `text` denotes.
    ///
    /// @throws InvalidFmriException if it denotes none, or something else
    public static InstanceFmri parse(String text) {
        if (Fmri.parse(text) instanceof InstanceFmri instance) {
            return instance;
        }
        throw new InvalidFmriException("\"" + text + "\" does not name an instance");
    }

    @Override public ServiceFmri serviceFmri() {
        return new ServiceFmri(service);
    }

    @Override public String serviceName() { return service; }

    @Override public String toString() {
        return "svc:/" + service + ":" + instance;
    }
}
