package dev.svc.repository;

import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Changes to write and models to compare: services `svc:/test/s<n>:default` with a `general` and a `config` group.
final class Scene {
    static final Instant WALL = Instant.parse("2026-11-23T08:00:00Z");

    private Scene() {}

    static InstanceFmri instance(int n) {
        return new InstanceFmri("test/s" + n, "default");
    }

    /// Imports service `n`: groups in the manifest layer and three equal snapshots.
    static Change define(int n) {
        InstanceFmri fmri = instance(n);
        ServiceFmri service = fmri.serviceFmri();
        PropertyGroup general = group("general", "framework", Property.truth("enabled", false));
        PropertyGroup config = group(
                "config",
                "application",
                new Property("text", ValueType.ASTRING, List.of("a\"b\\\n\u00e9\u4e16 " + n, "", "{\"crc\":\"")),
                Property.count("port", 8000 + n));
        PropertyGroup start = group("start", "method", Property.text("exec", "/lib/svc/method/test-" + n + " start"),
                Property.count("timeout_seconds", 60));
        List<Snapshot> snapshots = Stream.of(Snapshot.INITIAL, Snapshot.LAST_IMPORT, Snapshot.RUNNING)
                .map(name -> new Snapshot(fmri, name, List.of(general, config), List.of(start))).toList();
        return new Change(
                "import test-" + n + ".xml",
                0,
                List.of(
                        new LayerGroup(fmri, Layer.MANIFEST, general),
                        new LayerGroup(fmri, Layer.MANIFEST, config, Set.of("old", "older"), LayerGroup.Masking.NONE),
                        new LayerGroup(service, Layer.MANIFEST, start)),
                List.of(),
                snapshots,
                List.of());
    }

    static Change enable(int n, boolean enabled) {
        PropertyGroup general = group("general", "framework", Property.truth("enabled", enabled));
        return Change.of((enabled ? "enable " : "disable ") + instance(n), 1000,
                List.of(new LayerGroup(instance(n), Layer.ADMIN, general)));
    }

    static Change configure(int n, String text) {
        PropertyGroup config = group("config", "application", Property.text("text", text));
        return Change.of(
                "setprop " + instance(n),
                1000,
                List.of(new LayerGroup(instance(n), Layer.ADMIN, config, Set.of(), LayerGroup.Masking.WHOLE_GROUP)));
    }

    /// Deletes all that [#define], [#enable] and [#configure] made.
    static Change delete(int n) {
        InstanceFmri fmri = instance(n);
        List<LayerGroup.Key> keys = new ArrayList<>();
        keys.add(new LayerGroup.Key(fmri.serviceFmri(), Layer.MANIFEST, "start"));
        for (Layer layer : List.of(Layer.MANIFEST, Layer.ADMIN)) {
            keys.add(new LayerGroup.Key(fmri, layer, "general"));
            keys.add(new LayerGroup.Key(fmri, layer, "config"));
        }
        List<Snapshot.Key> snapshots = Stream.of(Snapshot.INITIAL, Snapshot.LAST_IMPORT, Snapshot.RUNNING)
                .map(s -> new Snapshot.Key(fmri, s))
                .toList();
        return new Change("delete " + fmri, 0, List.of(), keys, List.of(), snapshots);
    }

    private static PropertyGroup group(String name, String type, Property... properties) {
        return new PropertyGroup(name, type, List.of(properties));
    }

    /// All that a model holds, as text.
    static Map<String, String> text(Model model) {
        Map<String, String> text = new TreeMap<>();
        model.allGroups().forEach(g -> text.put(g.entity() + " " + g.layer() + " " + g.group().name(), g.group().type() + Content.of(g)));
        model.allSnapshots().forEach(s -> text.put(s.instance() + "@" + s.name(), Content.of(s)));
        return text;
    }

    static String levels(List<Finding> findings) {
        return findings.stream().map(f -> f.level() + ":" + f.gravity()).distinct().sorted().collect(Collectors.joining(" "));
    }
}
