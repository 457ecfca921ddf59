package dev.svc.model;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.property.PropertyGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// What graph and restarter need to know of an instance, typed: made from its running snapshot, and from `general/restarter` as it
/// is now.
///
/// @param restarter whose instance this is; an invalid value stands in `faults`
/// @param faults what is wrong with it, one sentence each: such an instance goes to maintenance (invalid_dependency, invalid_restarter)
/// @param ignoredErrors `core`, `signal`: member faults that do not stop the instance (`startd/ignore_error`)
/// @param commonName the template's, for listings
public record Definition(
        InstanceFmri fmri,
        ServiceModel model,
        InstanceFmri restarter,
        List<DependencyGroup> dependencies,
        Map<String, Method> methods,
        RateLimit rateLimit,
        Set<String> ignoredErrors,
        TimeoutRule timeoutRule,
        String commonName,
        List<Fault> faults) {
    /// What a passed start or refresh deadline means: `startd/timeout_retry`.
    public enum TimeoutRule {
        RETRY, MAINTENANCE
    }

    /// How often an instance may start: more than `count` starts with a mean distance below `period` are too many.
    public record RateLimit(int count, Duration period) {
        public static final RateLimit DEFAULT = new RateLimit(5, Duration.ofSeconds(600));
    }

    /// A mistake in the configuration that keeps the instance in maintenance.
    public record Fault(Kind kind, String sentence) {
        public enum Kind {
            INVALID_DEPENDENCY(Reason.INVALID_DEPENDENCY),
            INVALID_RESTARTER(Reason.INVALID_RESTARTER),
            /// Nobody knows any more how the instance is defined; it is only kept, or stopped.
            LOST(Reason.HISTORY_UNKNOWN);

            private final Reason reason;

            Kind(Reason reason) {
                this.reason = reason;
            }

            /// What maintenance for this mistake is put down to.
            public Reason reason() {
                return reason;
            }
        }
    }

    public Definition {
        dependencies = List.copyOf(dependencies);
        ignoredErrors = Set.copyOf(ignoredErrors);
        faults = List.copyOf(faults);
    }

    public Optional<Method> method(String name) {
        return Optional.ofNullable(methods.get(name));
    }

    /// The signal that ends the instance where no stop method is run: that of `:kill`, else TERM.
    public String stopSignal() {
        return method(Method.STOP).filter(Method::isKill).map(Method::killSignal).orElse("TERM");
    }

    /// The definition of an instance of `model`, from its running snapshot (or current values while it has none).
    public static Definition of(InstanceFmri fmri, Model model) {
        List<PropertyGroup> running = model.running(fmri);
        Optional<String> restarter = model.current(fmri, "general").flatMap(g -> g.value("restarter"));
        return of(fmri, running, restarter);
    }

    /// The definition which `running` groups and the current `general/restarter` make.
    public static Definition of(InstanceFmri fmri, List<PropertyGroup> running, Optional<String> restarter) {
        List<Fault> faults = new ArrayList<>();
        List<DependencyGroup> dependencies = new ArrayList<>();
        Map<String, Method> methods = new LinkedHashMap<>();
        Optional<PropertyGroup> shared = named(running, "method_context");
        for (PropertyGroup group : running) {
            if (group.type().equals(PropertyGroup.DEPENDENCY) && !group.properties().isEmpty()) {
                dependency(group, faults).ifPresent(dependencies::add);
            } else if (group.type().equals(PropertyGroup.METHOD)) {
                methods.put(group.name(), Method.of(group, shared));
            }
        }
        Optional<PropertyGroup> startd = named(running, "startd");
        ServiceModel serviceModel = startd.flatMap(g -> g.value("duration")).flatMap(ServiceModel::named).orElse(ServiceModel.CONTRACT);
        return new Definition(
                fmri,
                serviceModel,
                restarter(restarter, faults),
                dependencies,
                Map.copyOf(methods),
                rateLimit(startd, serviceModel),
                ignoredErrors(startd),
                startd.flatMap(g -> g.truth("timeout_retry")).orElse(true) ? TimeoutRule.RETRY : TimeoutRule.MAINTENANCE,
                commonName(running),
                faults);
    }

    private static Optional<DependencyGroup> dependency(PropertyGroup group, List<Fault> faults) {
        String where = "dependency \"" + group.name() + "\": ";
        Optional<Grouping> grouping = group.value("grouping").flatMap(Grouping::named);
        Optional<RestartOn> restartOn = group.value("restart_on").flatMap(RestartOn::named);
        Optional<String> type = group.value("type").filter(t -> t.equals("service") || t.equals("path"));
        if (grouping.isEmpty()) {
            return invalid(faults, where + "grouping must be one of require_all, require_any, optional_all, exclude_all");
        }
        if (restartOn.isEmpty()) {
            return invalid(faults, where + "restart_on must be one of none, error, restart, refresh");
        }
        if (type.isEmpty()) {
            return invalid(faults, where + "type must be service or path");
        }
        if (group.property("entities").isEmpty()) {
            return invalid(faults, where + "property entities is missing");
        }
        List<Fmri> entities = new ArrayList<>();
        for (String text : group.values("entities")) {
            try {
                entities.add(entity(Fmri.parse(text), type.get()));
            } catch (InvalidFmriException e) {
                return invalid(faults, where + e.getMessage());
            }
        }
        return Optional.of(new DependencyGroup(group.name(), grouping.get(), restartOn.get(), entities));
    }

    private static Fmri entity(Fmri fmri, String type) {
        boolean fits = type.equals("path") ? fmri instanceof FileFmri : fmri instanceof EntityFmri;
        if (!fits) {
            throw new InvalidFmriException("\"" + fmri + "\" does not fit a dependency of type " + type);
        }
        return fmri;
    }

    private static Optional<DependencyGroup> invalid(List<Fault> faults, String sentence) {
        faults.add(new Fault(Fault.Kind.INVALID_DEPENDENCY, sentence));
        return Optional.empty();
    }

    private static InstanceFmri restarter(Optional<String> configured, List<Fault> faults) {
        if (configured.isEmpty()) {
            return InstanceFmri.MASTER_RESTARTER;
        }
        try {
            return InstanceFmri.parse(configured.get());
        } catch (InvalidFmriException e) {
            faults.add(new Fault(Fault.Kind.INVALID_RESTARTER, "restarter: " + e.getMessage()));
            return InstanceFmri.MASTER_RESTARTER;
        }
    }

    private static RateLimit rateLimit(Optional<PropertyGroup> startd, ServiceModel model) {
        OptionalLong count = startd.map(g -> g.number("critical_failure_count")).orElse(OptionalLong.empty());
        OptionalLong period = startd.map(g -> g.number("critical_failure_period")).orElse(OptionalLong.empty());
        if (count.isPresent() && period.isPresent() && count.getAsLong() > 0 && count.getAsLong() <= 1000 && period.getAsLong() >= 0) {
            return new RateLimit((int) count.getAsLong(), Duration.ofSeconds(period.getAsLong()));
        }
        return model == ServiceModel.CHILD ? new RateLimit(RateLimit.DEFAULT.count(), Duration.ofSeconds(1)) : RateLimit.DEFAULT;
    }

    private static Set<String> ignoredErrors(Optional<PropertyGroup> startd) {
        Set<String> all = new TreeSet<>();
        startd.flatMap(g -> g.value("ignore_error")).ifPresent(v -> all.addAll(List.of(v.split(","))));
        all.retainAll(Set.of("core", "signal"));
        return all;
    }

    private static String commonName(List<PropertyGroup> running) {
        return named(running, "tm_common_name").flatMap(g -> g.value("C")).map(n -> n.replaceAll("\\s+", " ").strip()).orElse("");
    }

    private static Optional<PropertyGroup> named(List<PropertyGroup> groups, String name) {
        return groups.stream().filter(g -> g.name().equals(name)).findFirst();
    }
}
