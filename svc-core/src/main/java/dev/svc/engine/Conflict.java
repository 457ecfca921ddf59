package dev.svc.engine;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a change may be made though it was computed from an older model. The property group is the unit: a change conflicts with
/// another that touched one of its groups, one that takes a snapshot also with another of the entity's current values, and one that
/// deletes an entity with another that added to it: it must not survive as that addition alone, nor come back by it.
final class Conflict {
    private Conflict() {}

    /// What somebody else changed since `basis`, in a few words; nothing if the change may be made.
    static Optional<String> of(Change change, Model basis, Model now) {
        if (basis == now) {
            return Optional.empty();
        }
        Stream<LayerGroup.Key> groups = Stream.concat(change.put().stream().map(LayerGroup::key), change.delete().stream());
        Optional<String> group = groups.filter(key -> !basis.layer(key).equals(now.layer(key))).findFirst()
                .map(key -> key.entity() + ": property group " + key.group());
        Stream<EntityFmri> taken = change.putSnapshots().stream()
                .flatMap(snapshot -> Stream.of(snapshot.instance(), snapshot.instance().serviceFmri()));
        return group.or(() -> taken.filter(entity -> !basis.own(entity).equals(now.own(entity))).findFirst().map(EntityFmri::toString))
                .or(() -> change.put().stream().map(LayerGroup::entity).filter(e -> basis.exists(e) && !now.exists(e)).findFirst()
                        .map(EntityFmri::toString))
                .or(() -> survivor(change, basis, now).map(EntityFmri::toString));
    }

    private static Optional<EntityFmri> survivor(Change change, Model basis, Model now) {
        if (change.delete().isEmpty()) {
            return Optional.empty();
        }
        Model planned = basis.with(change);
        Model made = now.with(change);
        return change.delete().stream().map(LayerGroup.Key::entity).filter(entity -> survives(entity, planned, made)).findFirst();
    }

    private static boolean survives(EntityFmri entity, Model planned, Model made) {
        return !planned.exists(entity) && made.exists(entity)
                || entity instanceof InstanceFmri instance && planned.enabled(instance).isEmpty() && made.enabled(instance).isPresent();
    }
}
