package dev.svc.graph;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.model.State;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Satisfaction by the tables of the reference, computed from scratch by recursion: slow, and too simple to be wrong.
///
/// @param leaving those that were told to stop
public record Oracle(Map<InstanceFmri, Definition> definitions, Map<InstanceFmri, State> states, Set<InstanceFmri> leaving,
        Set<InstanceFmri> enabled, Map<FileFmri, Boolean> files) {
    private static final int YES = 1;
    private static final int NOT_YET = 0;
    private static final int NEVER = -1;
    private static final int DOES_NOT_COUNT = 2;

    public Satisfaction satisfaction(InstanceFmri fmri) {
        return switch (needs(fmri)) {
            case YES -> Satisfaction.SATISFIED;
            case NOT_YET -> Satisfaction.UNSATISFIED;
            default -> Satisfaction.UNSATISFIABLE;
        };
    }

    private int needs(InstanceFmri fmri) {
        return worst(definitions.get(fmri).dependencies().stream().map(this::group).toList());
    }

    private int group(DependencyGroup group) {
        List<Integer> values = group.entities().stream().map(e -> entity(e, group.grouping())).filter(v -> v != DOES_NOT_COUNT).toList();
        return group.grouping() == Grouping.REQUIRE_ANY && !values.isEmpty() ? best(values) : worst(values);
    }

    private static int worst(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).min().orElse(YES);
    }

    private static int best(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).max().orElse(YES);
    }

    private int entity(Fmri entity, Grouping grouping) {
        return switch (entity) {
            case FileFmri file -> !files.containsKey(file) ? NOT_YET : files.get(file) == (grouping != Grouping.EXCLUDE_ALL) ? YES : NEVER;
            case InstanceFmri instance -> instance(instance, grouping);
            case ServiceFmri service -> service(service, grouping);
            default -> throw new IllegalArgumentException(entity.toString());
        };
    }

    private int service(EntityFmri service, Grouping grouping) {
        List<Integer> values = definitions.keySet().stream().filter(i -> i.serviceFmri().equals(service)).map(i -> instance(i, grouping))
                .filter(v -> v != DOES_NOT_COUNT).toList();
        return switch (grouping) {
            case REQUIRE_ALL, REQUIRE_ANY -> values.isEmpty() ? NEVER : best(values);
            case OPTIONAL_ALL -> values.isEmpty() ? DOES_NOT_COUNT : best(values);
            case EXCLUDE_ALL -> worst(values);
        };
    }

    private int instance(InstanceFmri fmri, Grouping grouping) {
        boolean absent = !definitions.containsKey(fmri);
        State state = states.getOrDefault(fmri, State.UNINITIALIZED);
        return switch (grouping) {
            case REQUIRE_ALL, REQUIRE_ANY -> absent ? NEVER : switch (state) {
                case ONLINE, DEGRADED -> leaving.contains(fmri) ? NOT_YET : YES;
                case OFFLINE -> needs(fmri) == NEVER ? NEVER : NOT_YET;
                case UNINITIALIZED -> NOT_YET;
                case DISABLED, MAINTENANCE -> NEVER;
            };
            case OPTIONAL_ALL -> absent || !enabled.contains(fmri) || state == State.MAINTENANCE ? DOES_NOT_COUNT : switch (state) {
                case ONLINE, DEGRADED -> leaving.contains(fmri) ? NOT_YET : YES;
                case OFFLINE -> needs(fmri) == NEVER ? YES : NOT_YET;
                case UNINITIALIZED, DISABLED, MAINTENANCE -> NOT_YET;
            };
            case EXCLUDE_ALL -> absent ? YES : switch (state) {
                case ONLINE, DEGRADED -> enabled.contains(fmri) ? NEVER : NOT_YET;
                case OFFLINE, UNINITIALIZED -> NOT_YET;
                case DISABLED, MAINTENANCE -> YES;
            };
        };
    }
}
