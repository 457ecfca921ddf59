package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.State;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The dependencies of an instance as `svcs -l` shows them: as they are stored, mistakes included, with the state of each entity.
record DependencyLines(Published published) {
    private static final String UNREADABLE = "?";

    JsonArrayBuilder of(InstanceFmri fmri) {
        JsonArrayBuilder dependencies = JsonLines.array();
        for (PropertyGroup group : published.model().running(fmri)) {
            boolean named = group.property("entities").filter(p -> p.type() == ValueType.FMRI).isPresent();
            if (group.type().equals(PropertyGroup.DEPENDENCY) && named) {
                dependencies.add(dependency(group));
            }
        }
        return dependencies;
    }

    private JsonObjectBuilder dependency(PropertyGroup group) {
        JsonArrayBuilder entities = JsonLines.array();
        for (String entity : group.values("entities")) {
            entities.add(JsonLines.object().add("fmri", entity).add("state", state(entity)));
        }
        return JsonLines.object().add("name", group.name()).add("grouping", group.value("grouping").orElse(UNREADABLE))
                .add("restart_on", group.value("restart_on").orElse(UNREADABLE)).add("entities", entities);
    }

    private String state(String entity) {
        Optional<Fmri> fmri = Fmri.tryParse(entity);
        if (fmri.isEmpty()) {
            return "invalid";
        }
        return switch (fmri.get()) {
            case FileFmri file -> state(Path.of(file.path()));
            case InstanceFmri instance -> state(instance);
            case ServiceFmri service -> state(service);
            case dev.svc.fmri.PropertyGroupFmri _,dev.svc.fmri.PropertyFmri _ -> "invalid";
        };
    }

    private static String state(Path file) {
        if (Files.exists(file)) {
            return State.ONLINE.word();
        }
        return Files.notExists(file) ? "absent" : "unknown";
    }

    private String state(InstanceFmri instance) {
        return InstanceLines.standing(instance, published).map(s -> s.label().state().word()).orElse("absent");
    }

    private String state(ServiceFmri service) {
        List<InstanceFmri> instances = published.model().instances(service);
        return switch (instances.size()) {
            case 0 -> "absent";
            case 1 -> state(instances.getFirst());
            default -> "multiple";
        };
    }
}
