package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Why an instance does not run, what that keeps from running, and what to do: one paragraph of `svcs -x`, with SMF's reasons and
/// message ids.
///
/// @param next the state it is on the way to
/// @param running whether it is online or degraded
/// @param reasons none if it is online
/// @param logs paths
/// @param impact the offline instances that wait for it, directly or not
/// @param advice what an administrator can do, with the exact commands; none if there is nothing to do
public record Explanation(
        InstanceFmri fmri,
        String commonName,
        State state,
        Optional<State> next,
        Instant since,
        boolean running,
        List<Finding> reasons,
        List<String> logs,
        List<InstanceFmri> impact,
        List<String> advice) {
    /// One reason.
    ///
    /// @param message such as `SMF-8000-KS`
    /// @param logs of whoever asked for this, to be shown with it
    /// @param path from the explained instance to the cause, both included; or a cycle, which begins and ends with the instance
    public record Finding(String text, Optional<String> message, List<String> logs, List<InstanceFmri> path) {
        public Finding {
            logs = List.copyOf(logs);
            path = List.copyOf(path);
        }

        static Finding of(String text, String message) {
            return new Finding(text, Optional.of(message), List.of(), List.of());
        }
    }

    public Explanation {
        reasons = List.copyOf(reasons);
        logs = List.copyOf(logs);
        impact = List.copyOf(impact);
        advice = List.copyOf(advice);
    }

    /// One for each operand that is in the world, in their order, whatever its state.
    public static List<Explanation> of(World world, List<InstanceFmri> operands) {
        Causes causes = new Causes(world);
        return operands.stream().flatMap(o -> world.item(o).stream()).map(i -> one(causes, i)).toList();
    }

    /// One for each instance that has a problem or is one for others: who keeps most from running comes first, then by name. Instances
    /// that only wait for those are in their impact.
    public static List<Explanation> ofProblems(World world) {
        Causes causes = new Causes(world);
        return causes.roots().stream().map(i -> one(causes, i))
                .sorted(Comparator.<Explanation>comparingInt(e -> -e.impact.size()).thenComparing(Explanation::fmri)).toList();
    }

    private static Explanation one(Causes causes, World.Item item) {
        return new Explanation(
                item.fmri(),
                item.definition().commonName(),
                item.state(),
                item.next(),
                item.since(),
                item.isRunning(),
                new Findings(causes, item).all(),
                item.logs(),
                causes.impact(item.fmri()),
                new Advice(causes, item).all());
    }
}
