package dev.svc.graph;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.model.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;

/// Which instances can still come online without an administrator: what `svcadm enable -s` waits for.
///
/// Nobody has potential at first; whoever needs nothing but what is there or has potential gets it, until nothing changes. So instances
/// that wait for each other have none. Semantics: svcadm(8); ours: what is absent has no potential, as nobody will bring it.
public final class Potential {
    private final World world;
    private final Set<InstanceFmri> potential = new HashSet<>();

    private Potential(World world) {
        this.world = world;
    }

    /// Whether what `fmri` depends on is there or can come by itself. Its own state does not matter; what is absent has no potential.
    public static boolean of(World world, InstanceFmri fmri) {
        Potential search = new Potential(world);
        List<World.Item> reachable = search.reachable(fmri);
        boolean grows = true;
        while (grows) {
            grows = false;
            // From the far end, so that a chain needs one pass.
            for (World.Item item : reachable.reversed()) {
                grows |= !search.potential.contains(item.fmri()) && search.isServed(item) && search.potential.add(item.fmri());
            }
        }
        return search.potential.contains(fmri);
    }

    private List<World.Item> reachable(InstanceFmri first) {
        SequencedSet<World.Item> seen = new LinkedHashSet<>(world.item(first).stream().toList());
        List<World.Item> open = new ArrayList<>(seen);
        for (int i = 0; i < open.size(); i++) {
            World.Item item = open.get(i);
            Stream<Fmri> entities = item.definition().dependencies().stream().flatMap(g -> g.entities().stream());
            Stream.concat(Stream.of(item.definition().restarter()), entities).forEach(e -> {
                if (e instanceof EntityFmri named) {
                    world.standsFor(named).stream().filter(seen::add).forEach(open::add);
                }
            });
        }
        return open;
    }

    private boolean isServed(World.Item item) {
        // A definition that is wrong leads to maintenance, which is an answer.
        return !item.definition().faults().isEmpty()
                || satisfies(item.definition().restarter(), Grouping.REQUIRE_ALL)
                        && item.definition().dependencies().stream().allMatch(this::isSatisfiable);
    }

    private boolean isSatisfiable(DependencyGroup group) {
        List<Fmri> entities = group.entities();
        return switch (group.grouping()) {
            case REQUIRE_ANY -> entities.isEmpty() || entities.stream().anyMatch(e -> satisfies(e, group.grouping()));
            case REQUIRE_ALL, OPTIONAL_ALL, EXCLUDE_ALL -> entities.stream().allMatch(e -> satisfies(e, group.grouping()));
        };
    }

    private boolean satisfies(Fmri entity, Grouping grouping) {
        if (entity instanceof FileFmri file) {
            return world.exists(file) == (grouping != Grouping.EXCLUDE_ALL);
        }
        if (!(entity instanceof EntityFmri named)) {
            return true;
        }
        if (Blockers.isManager(named)) {
            return grouping != Grouping.EXCLUDE_ALL;
        }
        List<World.Item> items = world.standsFor(named);
        return switch (grouping) {
            case REQUIRE_ALL, REQUIRE_ANY -> items.stream().anyMatch(this::canServe);
            case OPTIONAL_ALL -> items.stream().allMatch(this::needsNoWait) || items.stream().anyMatch(this::canServe);
            case EXCLUDE_ALL -> items.stream().allMatch(i -> !i.enabled().effective() || i.state() == State.MAINTENANCE);
        };
    }

    private boolean canServe(World.Item provider) {
        return provider.enabled().effective() && provider.state() != State.MAINTENANCE
                && (provider.isRunning() || potential.contains(provider.fmri()));
    }

    private boolean needsNoWait(World.Item provider) {
        return !provider.enabled().effective() || provider.state() == State.MAINTENANCE || provider.state() == State.OFFLINE
                || canServe(provider);
    }
}
