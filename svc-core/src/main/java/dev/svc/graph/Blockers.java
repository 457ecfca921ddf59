package dev.svc.graph;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.model.DependencyGroup;
import dev.svc.model.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Predicate;

/// What keeps one offline instance from starting, as far as its own dependencies tell.
///
/// @param waits instances that are not as it needs them, in the order of its dependencies
/// @param bad entities that will not be right by themselves
record Blockers(List<InstanceFmri> waits, List<Bad> bad) {
    /// An entity that is absent, or a file that is there although it is excluded.
    record Bad(Fmri entity, Kind kind) {
        enum Kind {
            ABSENT, PRESENT
        }
    }

    static Blockers of(World world, List<DependencyGroup> groups) {
        Search search = new Search(world);
        groups.forEach(search::group);
        return new Blockers(List.copyOf(search.waits), List.copyOf(search.bad));
    }

    private static final class Search {
        private final World world;
        private final SequencedSet<InstanceFmri> waits = new LinkedHashSet<>();
        private final SequencedSet<Bad> bad = new LinkedHashSet<>();

        Search(World world) {
            this.world = world;
        }

        void group(DependencyGroup group) {
            List<Fmri> entities = group.entities();
            switch (group.grouping()) {
                case REQUIRE_ALL -> entities.forEach(this::required);
                case REQUIRE_ANY -> {
                    if (entities.stream().noneMatch(this::isThere)) {
                        entities.forEach(this::required);
                    }
                }
                case OPTIONAL_ALL -> entities.forEach(this::wanted);
                case EXCLUDE_ALL -> entities.forEach(this::excluded);
            }
        }

        private boolean isThere(Fmri entity) {
            return switch (entity) {
                case FileFmri file -> world.exists(file);
                case EntityFmri named -> isManager(named) || world.standsFor(named).stream().anyMatch(World.Item::isRunning);
                case PropertyFmri _,PropertyGroupFmri _ -> false;
            };
        }

        private void required(Fmri entity) {
            if (isThere(entity)) {
                return;
            }
            List<World.Item> items = entity instanceof EntityFmri named ? world.standsFor(named) : List.of();
            if (items.isEmpty()) {
                bad.add(new Bad(entity, Bad.Kind.ABSENT));
            }
            items.forEach(i -> waits.add(i.fmri()));
        }

        private void wanted(Fmri entity) {
            if (entity instanceof FileFmri) {
                required(entity);
            } else {
                wait(entity, i -> i.enabled().effective() && !i.isRunning() && i.state() != State.MAINTENANCE);
            }
        }

        private void excluded(Fmri entity) {
            if (entity instanceof FileFmri file && world.exists(file)) {
                bad.add(new Bad(entity, Bad.Kind.PRESENT));
            } else {
                wait(entity, World.Item::isRunning);
            }
        }

        private void wait(Fmri entity, Predicate<World.Item> condition) {
            if (entity instanceof EntityFmri named && !isManager(named)) {
                world.standsFor(named).stream().filter(condition).forEach(i -> waits.add(i.fmri()));
            }
        }
    }

    /// Whether it names the manager, who runs whatever is known of its instance.
    static boolean isManager(EntityFmri entity) {
        return entity.serviceFmri().equals(InstanceFmri.MASTER_RESTARTER.serviceFmri());
    }
}
