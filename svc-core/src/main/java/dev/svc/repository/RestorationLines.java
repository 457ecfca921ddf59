package dev.svc.repository;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a restore would change, for a person: each entity, below it each property group and what becomes of its properties.
///
/// ```
/// svc:/network/ssh:default
///     config (admin): port = 2222 -> 22
///     general (admin): deleted
/// svc:/site/web:default: deleted
/// ```
public final class RestorationLines {
    private static final String INDENT = "    ";

    private RestorationLines() {}

    public static List<String> of(Restoration restoration) {
        Change change = restoration.change();
        Map<EntityFmri, List<String>> byEntity = new TreeMap<>(Comparator.comparing(EntityFmri::toString));
        change.put().forEach(group -> lines(byEntity, group.entity()).add(put(group, restoration.present())));
        change.delete().forEach(key -> lines(byEntity, key.entity()).add(name(key) + ": deleted"));
        change.putSnapshots().forEach(s -> lines(byEntity, s.instance()).add("snapshot " + s.name() + ": as it was"));
        change.deleteSnapshots().forEach(k -> lines(byEntity, k.instance()).add("snapshot " + k.name() + ": deleted"));
        List<String> text = new ArrayList<>();
        Model after = restoration.present().with(change);
        byEntity.forEach((entity, lines) -> {
            if (!after.exists(entity) && restoration.present().exists(entity)) {
                text.add(entity + ": deleted");
            } else {
                text.add(entity + fate(entity, restoration.present(), after));
                lines.forEach(line -> text.add(INDENT + line));
            }
        });
        return text.isEmpty() ? List.of("nothing") : text;
    }

    private static List<String> lines(Map<EntityFmri, List<String>> byEntity, EntityFmri entity) {
        return byEntity.computeIfAbsent(entity, _ -> new ArrayList<>());
    }

    /// What becomes of the entity as a whole.
    private static String fate(EntityFmri entity, Model before, Model after) {
        if (!before.exists(entity)) {
            return ": comes back";
        }
        if (entity instanceof InstanceFmri instance && !before.enabled(instance).equals(after.enabled(instance))) {
            return after.enabled(instance).map(enabled -> enabled ? ": enabled" : ": disabled").orElse(": incomplete");
        }
        return "";
    }

    private static String name(LayerGroup.Key key) {
        return key.group() + " (" + key.layer().layerName() + ")";
    }

    private static String put(LayerGroup group, Model present) {
        Optional<LayerGroup> before = present.layer(group.key());
        List<String> changes = new ArrayList<>();
        for (Property property : group.group().properties()) {
            Optional<Property> old = before.flatMap(b -> b.group().property(property.name()));
            if (!old.equals(Optional.of(property))) {
                changes.add(property.name() + " = " + old.map(o -> values(o) + " -> ").orElse("") + values(property));
            }
        }
        before.ifPresent(b -> b.group().properties().stream().filter(p -> group.group().property(p.name()).isEmpty())
                .forEach(p -> changes.add(p.name() + " deleted")));
        return name(group.key()) + ": " + (changes.isEmpty() ? "as it was" : String.join(", ", changes));
    }

    private static String values(Property property) {
        return property.values().size() == 1 ? property.values().getFirst() : property.values().toString();
    }
}
