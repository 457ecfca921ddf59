package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What deleting a service or an instance does (`svccfg delete`).
///
/// The dependencies it put into others are withdrawn. Those which others put into it stay, so that the entity remains as an empty
/// placeholder and they count again when it is imported again.
///
/// @param refresh instances whose *running* snapshot the change replaces: those a dependency was withdrawn from
public record Deletion(Change change, List<InstanceFmri> refresh) {
    public Deletion {
        refresh = List.copyOf(refresh);
    }

    /// The deletion of `entity`, a service with its instances. Whether an instance still runs is for the caller to ask first.
    ///
    /// @param uid who asks
    public static Deletion of(EntityFmri entity, Model model, int uid) {
        List<EntityFmri> entities = new ArrayList<>(switch (entity) {
            case ServiceFmri service -> model.instances(service);
            case InstanceFmri _ -> List.<InstanceFmri>of();
        });
        entities.add(entity);
        List<LayerGroup.Key> groups = new ArrayList<>();
        List<Snapshot.Key> snapshots = new ArrayList<>();
        Set<InstanceFmri> touched = new LinkedHashSet<>();
        for (EntityFmri each : entities) {
            model.layers(each).filter(g -> !isExternal(g.group())).map(LayerGroup::key).forEach(groups::add);
            if (each instanceof InstanceFmri instance) {
                model.snapshots(instance).stream().map(Snapshot::key).forEach(snapshots::add);
            }
            withdraw(each, model, groups, touched);
        }
        touched.removeIf(entities::contains);
        Change bare = new Change("delete " + entity, uid, List.of(), groups, List.of(), snapshots);
        return refreshed(bare, model, touched);
    }

    private static void withdraw(EntityFmri declaring, Model model, List<LayerGroup.Key> groups, Set<InstanceFmri> touched) {
        for (DependentsGroup.Entry entry : DependentsGroup.of(declaring, model)) {
            model.layers(entry.target()).filter(g -> DependentsGroup.isFrom(declaring, entry.name(), g)).forEach(g -> {
                groups.add(g.key());
                touched.addAll(instances(entry.target(), model));
            });
        }
    }

    private static List<InstanceFmri> instances(EntityFmri entity, Model model) {
        return switch (entity) {
            case ServiceFmri service -> model.instances(service);
            case InstanceFmri instance -> List.of(instance);
        };
    }

    private static Deletion refreshed(Change bare, Model model, Set<InstanceFmri> touched) {
        Model after = model.with(bare);
        List<InstanceFmri> refresh = touched.stream().filter(i -> after.enabled(i).isPresent()).toList();
        List<Snapshot> running = refresh.stream().map(i -> after.snapshotNow(i, Snapshot.RUNNING)).toList();
        return new Deletion(new Change(bare.what(), bare.by(), bare.put(), bare.delete(), running, bare.deleteSnapshots()), refresh);
    }

    private static boolean isExternal(PropertyGroup group) {
        return DependentsGroup.isExternal(group);
    }
}
