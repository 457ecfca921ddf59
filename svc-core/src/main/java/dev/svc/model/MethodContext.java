package dev.svc.model;

import dev.svc.property.PropertyGroup;
import java.util.List;
import java.util.Optional;

/// With which rights, where and with what environment a method runs (smf_method(7)). Names are as configured: `:default` is not
/// resolved here. Each setting comes from the method's own group, else from the shared group `method_context`.
///
/// @param user name or number; empty: whoever the manager runs as
/// @param environment `NAME=value` entries in order
public record MethodContext(
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> group,
        Optional<String> supplementaryGroups,
        Optional<String> privileges,
        Optional<String> limitPrivileges,
        List<String> environment) {
    public MethodContext {
        environment = List.copyOf(environment);
    }

    static MethodContext of(PropertyGroup method, Optional<PropertyGroup> shared) {
        boolean credentials = method.truth("use_profile").or(() -> shared.flatMap(s -> s.truth("use_profile"))).isPresent();
        return new MethodContext(
                value(method, shared, "working_directory"),
                credentials ? value(method, shared, "user") : Optional.empty(),
                credentials ? value(method, shared, "group") : Optional.empty(),
                credentials ? value(method, shared, "supp_groups") : Optional.empty(),
                credentials ? value(method, shared, "privileges") : Optional.empty(),
                credentials ? value(method, shared, "limit_privileges") : Optional.empty(),
                method.property("environment").isPresent()
                        ? method.values("environment")
                        : shared.map(s -> s.values("environment")).orElse(List.of()));
    }

    private static Optional<String> value(PropertyGroup method, Optional<PropertyGroup> shared, String property) {
        return method.value(property).or(() -> shared.flatMap(s -> s.value(property))).filter(v -> !v.isEmpty());
    }
}
