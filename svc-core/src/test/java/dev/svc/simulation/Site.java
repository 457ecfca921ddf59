package dev.svc.simulation;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.ServiceModel;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The services of one scenario: random definitions, and the changes that import them.
final class Site {
    /// A number that tells one version of a definition from another, in a group of its own.
    private static final String VERSION = "simulation";
    /// What the administrator sets besides.
    private static final String EDITED = "edited";
    private static final int FILES = 2;

    /// @param excludes those of `needs` that it excludes
    record Service(InstanceFmri fmri, int version, ServiceModel model, List<PropertyGroup> groups, List<InstanceFmri> needs,
            List<InstanceFmri> excludes, boolean refreshRuns) {}

    /// Those which can be milestones.
    private static final List<InstanceFmri> MILESTONES = List.of(InstanceFmri.parse("svc:/milestone/single-user:default"),
            InstanceFmri.parse("svc:/milestone/multi-user:default"));

    private final Map<InstanceFmri, Service> services = new TreeMap<>(java.util.Comparator.comparing(InstanceFmri::toString));
    private int versions;

    /// @param milestones how many of the instances are milestones
    /// @param more dice for these
    Site(SplittableRandom dice, int milestones, SplittableRandom more) {
        int size = dice.nextInt(100);
        int count = size == 0 ? 10 + dice.nextInt(51) : size < 12 ? 4 + dice.nextInt(6) : 1 + dice.nextInt(3);
        for (int i = 0; i < count; i++) {
            String instance = i > 0 && dice.nextInt(6) == 0 ? "other" : "default";
            int service = instance.equals("other") ? dice.nextInt(i) : i;
            InstanceFmri fmri = InstanceFmri.parse("svc:/site/s" + service + ":" + instance);
            services.put(fmri, service(fmri, dice));
        }
        for (InstanceFmri milestone : MILESTONES.subList(0, milestones)) {
            services.put(milestone, service(milestone, more));
        }
        // Who names a service names those of its instances, too, that were made after it.
        services.values().forEach(this::completeNeeds);
    }

    List<InstanceFmri> milestones() {
        return MILESTONES.stream().filter(services::containsKey).toList();
    }

    private void completeNeeds(Service service) {
        for (PropertyGroup group : service.groups()) {
            List<InstanceFmri> named = group.value("grouping").filter("exclude_all"::equals).isPresent()
                    ? service.excludes()
                    : service.needs();
            group.values("entities").forEach(entity -> services.keySet().stream()
                    .filter(other -> other.serviceFmri().toString().equals(entity) && !other.equals(service.fmri())
                            && !named.contains(other))
                    .forEach(named::add));
        }
    }

    static List<String> files() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            all.add("/etc/f" + i);
        }
        return all;
    }

    List<InstanceFmri> all() {
        return List.copyOf(services.keySet());
    }

    /// As it was last generated.
    Service service(InstanceFmri fmri) {
        return services.get(fmri);
    }

    /// Another definition of the same instance.
    Service redefined(InstanceFmri fmri, SplittableRandom dice) {
        Service old = services.get(fmri);
        Service next = service(fmri, dice);
        // Which version is in force may not be known for a while.
        next.needs().addAll(old.needs());
        next.excludes().addAll(old.excludes());
        services.put(fmri, next);
        return next;
    }

    private Service service(InstanceFmri fmri, SplittableRandom dice) {
        ServiceModel model = ServiceModel.values()[dice.nextInt(3)];
        Map<String, PropertyGroup> groups = new LinkedHashMap<>();
        int version = ++versions;
        groups.put("startd", startd(model, version));
        groups.put("start", method("start", dice.nextInt(15) == 0 ? ":true" : "/bin/start", dice));
        String stop = switch (dice.nextInt(4)) {
            case 0 -> "/bin/stop";
            case 1 -> ":true";
            default -> model == ServiceModel.TRANSIENT ? "/bin/undo" : ":kill";
        };
        groups.put("stop", method("stop", stop, dice));
        String refresh = switch (dice.nextInt(4)) {
            case 0 -> ":kill -HUP";
            case 1 -> ":true";
            case 2 -> "/bin/reload";
            default -> "";
        };
        if (!refresh.isEmpty()) {
            groups.put("refresh", method("refresh", refresh, dice));
        }
        List<InstanceFmri> needs = new ArrayList<>();
        List<InstanceFmri> excludes = new ArrayList<>();
        List<InstanceFmri> others = new ArrayList<>(services.keySet());
        others.remove(fmri);
        int dependencies = others.isEmpty() || dice.nextInt(3) == 0 ? 0 : 1 + dice.nextInt(2);
        for (int i = 0; i < dependencies; i++) {
            String name = "d" + i;
            groups.put(name, dependency(name, others, needs, excludes, dice));
        }
        if (dice.nextInt(8) == 0) {
            groups.put("file", dependency("file", dice.nextBoolean() ? "require_all" : "exclude_all", "none",
                    List.of("file://localhost" + files().get(dice.nextInt(FILES)))));
        }
        groups.put(VERSION, group(VERSION, PropertyGroup.APPLICATION, Property.count("version", version)));
        return new Service(fmri, version, model, List.copyOf(groups.values()), needs, excludes, refresh.equals("/bin/reload"));
    }

    private static PropertyGroup startd(ServiceModel model, int version) {
        PropertyGroup startd = group("startd", PropertyGroup.FRAMEWORK, Property.text("duration", model.word()));
        return switch (version % 5) {
            case 1 -> startd.with(Property.text("ignore_error", "core"));
            case 2 -> startd.with(Property.text("ignore_error", "signal"));
            case 3 -> startd.with(Property.text("ignore_error", "core,signal"));
            default -> startd;
        };
    }

    private static PropertyGroup dependency(String name, List<InstanceFmri> others, List<InstanceFmri> needs, List<InstanceFmri> excludes,
            SplittableRandom dice) {
        String grouping = switch (dice.nextInt(8)) {
            case 0 -> "exclude_all";
            case 1, 2 -> "optional_all";
            case 3 -> "require_any";
            default -> "require_all";
        };
        String restartOn = List.of("none", "error", "restart", "refresh").get(dice.nextInt(4));
        List<String> entities = new ArrayList<>();
        for (int i = dice.nextInt(3); i >= 0; i--) {
            InstanceFmri target = others.get(dice.nextInt(others.size()));
            boolean whole = dice.nextInt(3) == 0;
            String entity = whole ? target.serviceFmri().toString() : target.toString();
            if (!entities.contains(entity)) {
                entities.add(entity);
                (grouping.equals("exclude_all") ? excludes : needs).add(target);
                if (whole) {
                    others.stream().filter(o -> o.serviceFmri().equals(target.serviceFmri()))
                            .forEach((grouping.equals("exclude_all") ? excludes : needs)::add);
                }
            }
        }
        return dependency(name, grouping, restartOn, entities);
    }

    private static PropertyGroup dependency(String name, String grouping, String restartOn, List<String> entities) {
        return group(name, PropertyGroup.DEPENDENCY, Property.text("grouping", grouping), Property.text("restart_on", restartOn),
                Property.text("type", entities.getFirst().startsWith("file:") ? "path" : "service"),
                new Property("entities", ValueType.FMRI, entities));
    }

    private static PropertyGroup method(String name, String exec, SplittableRandom dice) {
        return group(name, PropertyGroup.METHOD, Property.text("type", "method"), Property.text("exec", exec),
                Property.count("timeout_seconds", dice.nextInt(5) == 0 ? 0 : 5 + dice.nextInt(60)));
    }

    private static PropertyGroup group(String name, String type, Property... properties) {
        return new PropertyGroup(name, type, List.of(properties));
    }

    /// The change that imports `service`, into `model`, where an older version of it may be.
    static Change imported(Service service, boolean enabled, Model model) {
        List<LayerGroup> put = new ArrayList<>();
        service.groups().forEach(g -> put.add(new LayerGroup(service.fmri(), Layer.MANIFEST, g)));
        put.add(new LayerGroup(service.fmri(), Layer.MANIFEST, group("general", PropertyGroup.FRAMEWORK,
                Property.truth("enabled", enabled))));
        List<LayerGroup.Key> delete = new ArrayList<>();
        model.layers(service.fmri()).filter(g -> g.layer() == Layer.MANIFEST)
                .filter(g -> put.stream().noneMatch(p -> p.key().equals(g.key()))).forEach(g -> delete.add(g.key()));
        Change bare = new Change("import " + service.fmri(), 0, put, delete, List.of(), List.of());
        Snapshot running = model.with(bare).snapshotNow(service.fmri(), Snapshot.RUNNING);
        return new Change(bare.what(), 0, put, delete, List.of(running), List.of());
    }

    static Change deleted(InstanceFmri fmri, Model model) {
        List<LayerGroup.Key> keys = model.layers(fmri).map(LayerGroup::key).toList();
        List<Snapshot.Key> snapshots = model.snapshots(fmri).stream().map(Snapshot::key).toList();
        return new Change("delete " + fmri, 0, List.of(), keys, List.of(), snapshots);
    }

    static Change edited(InstanceFmri fmri, int value) {
        return Change.of("setprop " + fmri, 0, List.of(new LayerGroup(fmri, Layer.ADMIN,
                group(EDITED, PropertyGroup.APPLICATION, Property.count("value", value)))));
    }

    /// What was set, as it is now; 0 if nothing was.
    static int edited(InstanceFmri fmri, Model model) {
        return edited(model.own(fmri, EDITED));
    }

    /// The same in the running snapshot.
    static int refreshed(InstanceFmri fmri, Model model) {
        return edited(model.snapshot(fmri, Snapshot.RUNNING)
                .flatMap(s -> s.instanceLevel().stream().filter(g -> g.name().equals(EDITED)).findFirst()));
    }

    private static int edited(Optional<PropertyGroup> group) {
        return group.map(g -> (int) g.number("value").orElse(0)).orElse(0);
    }

    /// Which version of an instance's definition a model has; 0 if none.
    static int version(InstanceFmri fmri, Model model) {
        return model.own(fmri, VERSION).map(g -> (int) g.number("version").orElse(0)).orElse(0);
    }
}
