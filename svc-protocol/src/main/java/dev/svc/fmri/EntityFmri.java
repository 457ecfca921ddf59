package dev.svc.fmri;

/// The name of something that holds property groups: a service or an instance.
public sealed interface EntityFmri extends Fmri, Comparable<EntityFmri> permits ServiceFmri, InstanceFmri {
    /// The service itself, or the service of the instance.
    ServiceFmri serviceFmri();

    /// The name of that service.
    String serviceName();

    /// Yields the entity that `text` denotes.
    ///
    /// @throws InvalidFmriException if it denotes none, or something else
    static EntityFmri parse(String text) {
        if (Fmri.parse(text) instanceof EntityFmri entity) {
            return entity;
        }
        throw new InvalidFmriException("\"" + text + "\" names neither a service nor an instance");
    }

    /// By canonical form. Sorted maps compare all the time, so it is only made where it takes more than a look at the services.
    @Override default int compareTo(EntityFmri other) {
        String mine = serviceName();
        String its = other.serviceName();
        if (mine.equals(its) && this instanceof InstanceFmri one && other instanceof InstanceFmri two) {
            return one.instance().compareTo(two.instance());
        }
        // "a" is before "a/b" and "a-b", but "a:x" is not: ':' comes behind '/' and '-'.
        boolean continued = mine.length() < its.length() ? its.startsWith(mine) : mine.startsWith(its);
        return continued ? toString().compareTo(other.toString()) : mine.compareTo(its);
    }
}
