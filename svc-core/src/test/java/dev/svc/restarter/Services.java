package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Definition.RateLimit;
import dev.svc.model.Definition.TimeoutRule;
import dev.svc.model.Method;
import dev.svc.model.MethodContext;
import dev.svc.model.ServiceModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Definitions for tests, built up from [#service].
public final class Services {
    private static final MethodContext PLAIN = new MethodContext(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    private Services() {}

    /// A service of that model with the given methods, each `name=exec`, with timeouts of 60 s; exec `-` leaves it out.
    public static Definition service(InstanceFmri fmri, ServiceModel model, String... methods) {
        Map<String, Method> all = new HashMap<>();
        for (String method : methods) {
            String[] parts = method.split("=", 2);
            all.put(parts[0], new Method(parts[0], parts[1], Optional.of(Duration.ofSeconds(60)), PLAIN));
        }
        RateLimit rate = model == ServiceModel.CHILD ? new RateLimit(5, Duration.ofSeconds(1)) : RateLimit.DEFAULT;
        return new Definition(
                fmri, model, InstanceFmri.MASTER_RESTARTER, List.of(), all, rate, Set.of(), TimeoutRule.RETRY, "", List.of());
    }

    static Definition service(ServiceModel model, String... methods) {
        return service(Life.FMRI, model, methods);
    }

    /// A daemon with start, stop and refresh methods.
    static Definition daemon() {
        return service(ServiceModel.CONTRACT, "start=/bin/web", "stop=/bin/web stop", "refresh=/bin/web reload");
    }

    /// A daemon stopped and refreshed by signals.
    static Definition killable() {
        return service(ServiceModel.CONTRACT, "start=/bin/web", "stop=:kill", "refresh=:kill -HUP");
    }

    static Definition oneShot() {
        return service(ServiceModel.TRANSIENT, "start=/bin/prepare", "stop=/bin/prepare undo", "refresh=:true");
    }

    static Definition child() {
        return service(ServiceModel.CHILD, "start=/bin/loop", "stop=:kill");
    }

    static Definition withTimeout(Definition d, String method, Optional<Duration> timeout) {
        Map<String, Method> all = new HashMap<>(d.methods());
        Method old = all.get(method);
        all.put(method, new Method(method, old.exec(), timeout, old.context()));
        return new Definition(d.fmri(), d.model(), d.restarter(), d.dependencies(), all, d.rateLimit(), d.ignoredErrors(), d.timeoutRule(),
                d.commonName(), d.faults());
    }

    static Definition with(Definition d, TimeoutRule rule) {
        return new Definition(d.fmri(), d.model(), d.restarter(), d.dependencies(), d.methods(), d.rateLimit(), d.ignoredErrors(), rule,
                d.commonName(), d.faults());
    }

    static Definition with(Definition d, RateLimit rate) {
        return new Definition(d.fmri(), d.model(), d.restarter(), d.dependencies(), d.methods(), rate, d.ignoredErrors(), d.timeoutRule(),
                d.commonName(), d.faults());
    }

    static Definition ignoring(Definition d, String... errors) {
        return new Definition(d.fmri(), d.model(), d.restarter(), d.dependencies(), d.methods(), d.rateLimit(), Set.of(errors),
                d.timeoutRule(), d.commonName(), d.faults());
    }
}
