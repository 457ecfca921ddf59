package dev.svc.model;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The whole configuration at one moment, an immutable value.
public final class Model {
    public static final Model EMPTY = new Model(new TreeMap<>(), 0);

    /// One service with its instances; replaced as a whole when anything in it changes.
    private record Service(Entity own, SortedMap<String, Entity> instances) {
        static final Service NONE = new Service(Entity.NONE, Collections.emptySortedMap());

        boolean isEmpty() { return own.isEmpty() && instances.isEmpty(); }
    }

    /// The layers of each group of one entity, lowest first, with what they make together, and its snapshots.
    private record Entity(Map<String, List<LayerGroup>> groups, List<PropertyGroup> composed, Map<String, Snapshot> snapshots,
            long weight) {
        static final Entity NONE = new Entity(Map.of(), List.of(), Map.of(), 0);

        boolean isEmpty() { return groups.isEmpty() && snapshots.isEmpty(); }
    }

    private final SortedMap<ServiceFmri, Service> services;
    private final long weight;

    private Model(SortedMap<ServiceFmri, Service> services, long weight) {
        this.services = services;
        this.weight = weight;
    }

    /// About how many bytes of memory a manager needs for it ([Weight]).
    public long weight() {
        return weight;
    }

    /// The model after `change`.
    public Model with(Change change) {
        return with(List.of(change));
    }

    /// The model after `changes`, in order; cheaper than one at a time.
    public Model with(List<Change> changes) {
        Map<EntityFmri, Draft> drafts = new HashMap<>();
        for (Change change : changes) {
            change.delete().forEach(k -> draft(drafts, k.entity()).remove(k));
            change.put().forEach(g -> draft(drafts, g.entity()).put(g));
            change.deleteSnapshots().forEach(k -> draft(drafts, k.instance()).snapshots.remove(k.name()));
            change.putSnapshots().forEach(s -> draft(drafts, s.instance()).snapshots.put(s.name(), s));
        }
        SortedMap<ServiceFmri, Service> next = new TreeMap<>(services);
        long heavier = 0;
        for (Map.Entry<EntityFmri, Draft> draft : drafts.entrySet()) {
            Entity entity = draft.getValue().entity();
            heavier += entity.weight - entity(draft.getKey()).weight;
            replace(next, draft.getKey(), entity);
        }
        return new Model(next, weight + heavier);
    }

    private Draft draft(Map<EntityFmri, Draft> drafts, EntityFmri fmri) {
        return drafts.computeIfAbsent(fmri, f -> new Draft(entity(f)));
    }

    private static void replace(SortedMap<ServiceFmri, Service> services, EntityFmri fmri, Entity entity) {
        Service service = services.getOrDefault(fmri.serviceFmri(), Service.NONE);
        Service next = switch (fmri) {
            case ServiceFmri _ -> new Service(entity, service.instances);
            case InstanceFmri instance -> {
                SortedMap<String, Entity> instances = new TreeMap<>(service.instances);
                if (entity.isEmpty()) {
                    instances.remove(instance.instance());
                } else {
                    instances.put(instance.instance(), entity);
                }
                yield new Service(service.own, instances);
            }
        };
        if (next.isEmpty()) {
            services.remove(fmri.serviceFmri());
        } else {
            services.put(fmri.serviceFmri(), next);
        }
    }

    private Entity entity(EntityFmri fmri) {
        Service service = services.getOrDefault(fmri.serviceFmri(), Service.NONE);
        return switch (fmri) {
            case ServiceFmri _ -> service.own;
            case InstanceFmri instance -> service.instances.getOrDefault(instance.instance(), Entity.NONE);
        };
    }

    /// All services that exist, by name.
    public List<ServiceFmri> services() {
        return services.keySet().stream().filter(this::exists).toList();
    }

    /// The instances of a service that exist, by name.
    public List<InstanceFmri> instances(ServiceFmri service) {
        return services.getOrDefault(service, Service.NONE).instances.keySet().stream().map(service::instance).filter(this::exists)
                .toList();
    }

    /// All instances that exist, by service and name.
    public List<InstanceFmri> instances() {
        List<InstanceFmri> all = new ArrayList<>();
        services.keySet().forEach(s -> all.addAll(instances(s)));
        return all;
    }

    /// Whether the entity has a group that is not masked (a service also: an instance).
    public boolean exists(EntityFmri fmri) {
        return switch (fmri) {
            case InstanceFmri instance -> !entity(instance).composed.isEmpty();
            case ServiceFmri service -> !entity(service).composed.isEmpty() || !instances(service).isEmpty();
        };
    }

    /// Current groups directly attached to the entity, layers composed.
    public List<PropertyGroup> own(EntityFmri fmri) {
        return entity(fmri).composed;
    }

    /// One of [#own].
    public Optional<PropertyGroup> own(EntityFmri fmri, String group) {
        return find(own(fmri), group);
    }

    /// Current groups of an instance composed over its service's.
    public List<PropertyGroup> current(InstanceFmri fmri) {
        return Composition.over(own(fmri), own(fmri.serviceFmri()));
    }

    /// One of [#current].
    public Optional<PropertyGroup> current(InstanceFmri fmri, String group) {
        return find(current(fmri), group);
    }

    /// What graph and restarter see: the composed running snapshot, or [#current] while there is none.
    public List<PropertyGroup> running(InstanceFmri fmri) {
        return snapshot(fmri, Snapshot.RUNNING).map(Snapshot::composed).orElseGet(() -> current(fmri));
    }

    public Optional<Snapshot> snapshot(InstanceFmri fmri, String name) {
        return Optional.ofNullable(entity(fmri).snapshots.get(name));
    }

    public Collection<Snapshot> snapshots(InstanceFmri fmri) {
        return entity(fmri).snapshots.values();
    }

    /// A snapshot of the current values, to be put under `name`.
    public Snapshot snapshotNow(InstanceFmri fmri, String name) {
        return new Snapshot(fmri, name, own(fmri), own(fmri.serviceFmri()));
    }

    /// The permanent `general/enabled` of the instance itself; absent: the instance is incomplete and the restarter ignores it.
    public Optional<Boolean> enabled(InstanceFmri fmri) {
        return own(fmri, "general").flatMap(g -> g.truth("enabled"));
    }

    /// What each layer says of the entity's groups.
    public Stream<LayerGroup> layers(EntityFmri fmri) {
        return entity(fmri).groups.values().stream().flatMap(List::stream);
    }

    /// What one layer says of one group.
    public Optional<LayerGroup> layer(LayerGroup.Key key) {
        return entity(key.entity()).groups.getOrDefault(key.group(), List.of()).stream().filter(g -> g.layer() == key.layer()).findFirst();
    }

    /// Every row: what a repository written from this model holds.
    public Stream<LayerGroup> allGroups() {
        return entities().flatMap(e -> e.groups.values().stream()).flatMap(List::stream);
    }

    /// Every snapshot.
    public Stream<Snapshot> allSnapshots() {
        return entities().flatMap(e -> e.snapshots.values().stream());
    }

    private Stream<Entity> entities() {
        return services.values().stream().flatMap(s -> Stream.concat(Stream.of(s.own), s.instances.values().stream()));
    }

    private static Optional<PropertyGroup> find(List<PropertyGroup> groups, String name) {
        return groups.stream().filter(g -> g.name().equals(name)).findFirst();
    }

    /// An entity while changes are made to it.
    private static final class Draft {
        private final Map<String, List<LayerGroup>> groups;
        private final Map<String, Snapshot> snapshots;

        Draft(Entity entity) {
            groups = new TreeMap<>(entity.groups);
            snapshots = new TreeMap<>(entity.snapshots);
        }

        void put(LayerGroup group) {
            List<LayerGroup> layers = new ArrayList<>(groups.getOrDefault(group.group().name(), List.of()));
            layers.removeIf(g -> g.layer() == group.layer());
            layers.add(group);
            layers.sort((a, b) -> a.layer().compareTo(b.layer()));
            groups.put(group.group().name(), List.copyOf(layers));
        }

        void remove(LayerGroup.Key key) {
            List<LayerGroup> layers = new ArrayList<>(groups.getOrDefault(key.group(), List.of()));
            layers.removeIf(g -> g.layer() == key.layer());
            if (layers.isEmpty()) {
                groups.remove(key.group());
            } else {
                groups.put(key.group(), List.copyOf(layers));
            }
        }

        Entity entity() {
            List<PropertyGroup> composed = new ArrayList<>();
            groups.values().forEach(layers -> composed.addAll(Composition.ofLayers(layers)));
            return new Entity(Collections.unmodifiableMap(groups), List.copyOf(composed), Collections.unmodifiableMap(snapshots),
                    Weight.of(groups, snapshots));
        }
    }
}
