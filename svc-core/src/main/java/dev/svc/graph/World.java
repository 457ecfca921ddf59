package dev.svc.graph;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Every instance as it is at one moment, for explaining and listing. Immutable; usable from any thread.
///
/// Instances without a permanent setting are incomplete and left out, as the restarter ignores them. The master restarter may be among
/// them or not: it counts as running.
public final class World {
    /// One instance.
    ///
    /// @param next the state it is on the way to; empty at rest
    /// @param comment why it was disabled, in the administrator's words
    /// @param failure how the last failed method ended
    /// @param startStatus how the last start method ended
    /// @param fault by which fault of a process it was last stopped
    /// @param requester who asked for maintenance or degradation, if it was a service
    /// @param logs paths of its logs
    public record Item(
            Definition definition,
            State state,
            Optional<State> next,
            Instant since,
            Reason reason,
            EnabledSetting enabled,
            Optional<String> comment,
            Optional<MethodFailure> failure,
            Optional<WaitStatus> startStatus,
            Optional<Reason> fault,
            Optional<InstanceFmri> requester,
            List<String> logs) {
        public Item {
            logs = List.copyOf(logs);
        }

        public InstanceFmri fmri() {
            return definition.fmri();
        }

        boolean isRunning() { return state.isRunning(); }
    }

    private final Map<InstanceFmri, Item> items = new LinkedHashMap<>();
    private final Map<ServiceFmri, List<Item>> services = new HashMap<>();
    private final Set<FileFmri> present;
    private final List<String> notices;

    /// @param items in the order of listings
    /// @param present those of [#files] that exist
    /// @param notices what an administrator should know of the manager itself: why it is degraded
    public World(Collection<Item> items, Set<FileFmri> present, List<String> notices) {
        this.present = Set.copyOf(present);
        this.notices = List.copyOf(notices);
        for (Item item : items) {
            this.items.put(item.fmri(), item);
            services.computeIfAbsent(item.fmri().serviceFmri(), _ -> new ArrayList<>()).add(item);
        }
    }

    /// The files that dependencies of `definitions` name: to be looked at before a world is made.
    public static Set<FileFmri> files(Collection<Definition> definitions) {
        Set<FileFmri> files = new TreeSet<>((a, b) -> a.path().compareTo(b.path()));
        definitions.forEach(d -> d.dependencies().forEach(g -> g.entities().forEach(e -> {
            if (e instanceof FileFmri file) {
                files.add(file);
            }
        })));
        return files;
    }

    public Collection<Item> items() {
        return Collections.unmodifiableCollection(items.values());
    }

    public Optional<Item> item(InstanceFmri fmri) {
        return Optional.ofNullable(items.get(fmri));
    }

    /// The instances that `entity` stands for: itself, or all of the service; none if it is absent.
    public List<Item> standsFor(EntityFmri entity) {
        return switch (entity) {
            case InstanceFmri instance -> item(instance).map(List::of).orElse(List.of());
            case ServiceFmri service -> services.getOrDefault(service, List.of());
        };
    }

    List<String> notices() {
        return notices;
    }

    public boolean exists(FileFmri file) {
        return present.contains(file);
    }

    /// What `svcs -d` lists for one instance: the instances its dependencies name, in their order, except those it excludes. One that is
    /// named twice is listed twice.
    public List<InstanceFmri> dependencies(InstanceFmri fmri) {
        List<InstanceFmri> all = new ArrayList<>();
        for (DependencyGroup group : item(fmri).map(i -> i.definition().dependencies()).orElse(List.of())) {
            if (group.grouping() != Grouping.EXCLUDE_ALL) {
                for (Fmri entity : group.entities()) {
                    if (entity instanceof EntityFmri named) {
                        standsFor(named).forEach(i -> all.add(i.fmri()));
                    }
                }
            }
        }
        return all;
    }

    /// What `svcs -D` lists: the instances whose dependencies (exclusions aside) name `provider`. One that names the service of a
    /// provider instance counts; one that names an instance of a provider service does not.
    public List<InstanceFmri> dependents(EntityFmri provider) {
        List<InstanceFmri> all = new ArrayList<>();
        for (Item item : items.values()) {
            if (item.definition().dependencies().stream().anyMatch(g -> g.grouping() != Grouping.EXCLUDE_ALL && names(g, provider))) {
                all.add(item.fmri());
            }
        }
        return all;
    }

    private static boolean names(DependencyGroup group, EntityFmri provider) {
        return group.entities().contains(provider) || group.entities().contains(provider.serviceFmri());
    }
}
