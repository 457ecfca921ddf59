package dev.svc.fmri;

/// The name of something that holds property groups: a service or an instance.
public sealed interface EntityFmri extends Fmri, Comparable<EntityFmri> permits ServiceFmri, InstanceFmri {
    /// The service itself, or the service of the instance.
    ServiceFmri serviceFmri();

    /// Yields the entity that `text` denotes.
    ///
    /// @throws InvalidFmriException if it denotes none, or something else
    static EntityFmri parse(String text) {
        if (Fmri.parse(text) instanceof EntityFmri entity) {
            return entity;
        }
        throw new InvalidFmriException("\"" + text + "\" names neither a service nor an instance");
    }

    @Override default int compareTo(EntityFmri other) {
        return toString().compareTo(other.toString());
    }
}
