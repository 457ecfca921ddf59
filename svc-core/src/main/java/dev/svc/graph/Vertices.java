package dev.svc.graph;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The vertices of the graph, by name: made when they are first named, dropped when nobody names them any more.
final class Vertices {
    private static final ServiceFmri MANAGER = InstanceFmri.MASTER_RESTARTER.serviceFmri();

    private final Map<InstanceFmri, InstanceVertex> instances = new HashMap<>();
    private final SortedSet<InstanceVertex> inOrder = new TreeSet<>();
    private final Map<ServiceFmri, ServiceVertex> services = new HashMap<>();
    private final SortedMap<FileFmri, FileVertex> files = new TreeMap<>(Comparator.comparing(FileFmri::path));
    private final ManagerVertex manager = new ManagerVertex(MANAGER.toString());

    /// Whether it is the manager's own instance, which is never added.
    static boolean isManager(InstanceFmri fmri) {
        return fmri.equals(InstanceFmri.MASTER_RESTARTER);
    }

    /// All instances by name, the absent ones that are named included.
    Collection<InstanceVertex> instances() {
        return Collections.unmodifiableCollection(inOrder);
    }

    Optional<InstanceVertex> configured(InstanceFmri fmri) {
        return Optional.ofNullable(instances.get(fmri)).filter(InstanceVertex::isConfigured);
    }

    Optional<FileVertex> known(FileFmri fmri) {
        return Optional.ofNullable(files.get(fmri));
    }

    List<FileFmri> files() {
        return List.copyOf(files.keySet());
    }

    List<FileFmri> unseenFiles() {
        return files.entrySet().stream().filter(e -> !e.getValue().isSeen()).map(Map.Entry::getKey).toList();
    }

    List<Vertex> entities(DependencyGroup group) {
        return group.entities().stream().map(this::entity).toList();
    }

    private Vertex entity(Fmri entity) {
        return switch (entity) {
            case InstanceFmri fmri -> isManager(fmri) ? manager : instance(fmri);
            case ServiceFmri fmri -> fmri.equals(MANAGER) ? manager : service(fmri);
            case FileFmri fmri -> file(fmri);
            case PropertyFmri _,PropertyGroupFmri _ -> throw new IllegalArgumentException(entity + " is no dependency");
        };
    }

    InstanceVertex instance(InstanceFmri fmri) {
        InstanceVertex known = instances.get(fmri);
        if (known != null) {
            return known;
        }
        InstanceVertex instance = new InstanceVertex(fmri, service(fmri.serviceFmri()));
        instances.put(fmri, instance);
        inOrder.add(instance);
        return instance;
    }

    private ServiceVertex service(ServiceFmri fmri) {
        return services.computeIfAbsent(fmri, f -> new ServiceVertex(f.toString()));
    }

    private FileVertex file(FileFmri fmri) {
        return files.computeIfAbsent(fmri, FileVertex::new);
    }

    /// `next` replaces what a configured instance was defined by: the files it names stay known, also if it is not put in force.
    void renameFiles(Optional<Definition> old, Optional<Definition> next) {
        next.ifPresent(d -> World.files(List.of(d)).forEach(f -> file(f).named()));
        old.ifPresent(d -> World.files(List.of(d)).forEach(f -> {
            file(f).unnamed();
            if (!file(f).isNamed()) {
                files.remove(f);
            }
        }));
    }

    /// Drops an instance that is absent and that nobody names.
    void prune(InstanceVertex instance) {
        if (!instance.isConfigured() && instance.dependents().isEmpty()) {
            instances.remove(instance.fmri());
            inOrder.remove(instance);
        }
    }
}
