package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.OperandWalk;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The names that operands may mean: what is configured, and instances that run though their definition is gone.
final class PublishedNames implements OperandWalk.Namespace {
    private final Published published;
    private final RenderedGroups rendered;
    private final SortedMap<ServiceFmri, SortedSet<InstanceFmri>> undefined = new TreeMap<>();

    PublishedNames(Published published, RenderedGroups rendered) {
        this.published = published;
        this.rendered = rendered;
        for (Map.Entry<InstanceFmri, Standing> entry : published.standings().entrySet()) {
            InstanceFmri fmri = entry.getKey();
            if (!published.model().exists(fmri)) {
                undefined.computeIfAbsent(fmri.serviceFmri(), _ -> new TreeSet<>()).add(fmri);
            }
        }
    }

    @Override public List<ServiceFmri> services() {
        List<ServiceFmri> configured = published.model().services();
        if (undefined.isEmpty()) {
            return configured;
        }
        SortedSet<ServiceFmri> all = new TreeSet<>(configured);
        all.addAll(undefined.keySet());
        return List.copyOf(all);
    }

    @Override public List<InstanceFmri> instances(ServiceFmri service) {
        List<InstanceFmri> all = new ArrayList<>(published.model().instances(service));
        all.addAll(undefined.getOrDefault(service, new TreeSet<>()));
        return all;
    }

    @Override public boolean exists(Fmri fmri) {
        return switch (fmri) {
            case InstanceFmri instance -> published.model().exists(instance) || published.standings().containsKey(instance);
            case ServiceFmri service -> published.model().exists(service) || undefined.containsKey(service);
            case PropertyGroupFmri group -> group(group.entity(), group.group()).isPresent();
            case PropertyFmri property -> group(property.entity(), property.group()).flatMap(g -> g.property(property.property()))
                    .isPresent();
            case FileFmri _ -> false;
        };
    }

    private Optional<PropertyGroup> group(EntityFmri entity, String name) {
        return published.model().own(entity, name)
                .or(() -> rendered.of(entity, published).stream().filter(g -> g.name().equals(name)).findFirst());
    }
}
