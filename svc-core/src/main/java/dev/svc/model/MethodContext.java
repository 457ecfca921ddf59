package dev.svc.model;

import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// With which rights, where and with what environment a method runs (smf_method(7)). Names are as configured: `:default` is not
/// resolved here. Each setting comes from the method's own group, else from the shared group `method_context`.
///
/// @param user name or number; empty: whoever the manager runs as
/// @param ignored names of settings that have no meaning here, and are not at their default
/// @param environment `NAME=value` entries in order
public record MethodContext(
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> group,
        Optional<String> supplementaryGroups,
        List<String> ignored,
        List<String> environment) {
    /// What Linux has no counterpart of, in the order of smf_method(7).
    private static final List<String> FOREIGN = List.of("project", "resource_pool", "security_flags");
    private static final List<String> FOREIGN_CREDENTIALS = List.of("privileges", "limit_privileges");
    private static final String BY_DEFAULT = ":default";

    public MethodContext {
        ignored = List.copyOf(ignored);
        environment = List.copyOf(environment);
    }

    static MethodContext of(PropertyGroup method, Optional<PropertyGroup> shared) {
        boolean credentials = method.truth("use_profile").or(() -> shared.flatMap(s -> s.truth("use_profile"))).isPresent();
        return new MethodContext(
                value(method, shared, "working_directory"),
                credentials ? value(method, shared, "user") : Optional.empty(),
                credentials ? value(method, shared, "group") : Optional.empty(),
                credentials ? value(method, shared, "supp_groups") : Optional.empty(),
                ignored(method, shared, credentials),
                method.property("environment").isPresent()
                        ? method.values("environment")
                        : shared.map(s -> s.values("environment")).orElse(List.of()));
    }

    private static List<String> ignored(PropertyGroup method, Optional<PropertyGroup> shared, boolean credentials) {
        List<String> names = new ArrayList<>(FOREIGN);
        if (credentials) {
            names.addAll(FOREIGN_CREDENTIALS);
            if (method.truth("use_profile").or(() -> shared.flatMap(s -> s.truth("use_profile"))).orElse(false)) {
                names.add("profile");
            }
        }
        names.removeIf(name -> value(method, shared, name).filter(value -> !value.equals(BY_DEFAULT)).isEmpty());
        return names;
    }

    private static Optional<String> value(PropertyGroup method, Optional<PropertyGroup> shared, String property) {
        return method.value(property).or(() -> shared.flatMap(s -> s.value(property))).filter(v -> !v.isEmpty());
    }
}
