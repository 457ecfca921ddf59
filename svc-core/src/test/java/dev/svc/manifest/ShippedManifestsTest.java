package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.model.Method;
import dev.svc.model.MethodTokens;
import dev.svc.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The manifests of this project, below `manifests/`.
class ShippedManifestsTest {
    private static final Path DIRECTORY = Corpus.project().resolve("manifests");

    private static Model imported() throws Exception {
        Model model = Model.EMPTY;
        for (Path file : Corpus.files(DIRECTORY)) {
            BundleImport outcome = BundleImport.of(ServiceBundles.read(file.toString(), Files.readAllBytes(file)), model, 0);
            assertEquals(List.of(), outcome.warnings(), file.toString());
            model = model.with(outcome.change());
        }
        return model;
    }

    @Test void theyImportWithoutAFault() throws Exception {
        Model model = imported();
        for (InstanceFmri instance : model.instances()) {
            assertEquals(List.of(), Definition.of(instance, model).faults(), instance.toString());
        }
    }

    @Test void whatTheyNeedTheyBring() throws Exception {
        Model model = imported();
        for (InstanceFmri instance : model.instances()) {
            for (DependencyGroup dependency : Definition.of(instance, model).dependencies()) {
                for (Fmri entity : dependency.entities()) {
                    assertTrue(!(entity instanceof EntityFmri e) || model.exists(e), instance + " depends on " + entity);
                }
            }
        }
    }

    @Test void noneWaitsForItself() throws Exception {
        Model model = imported();
        for (InstanceFmri instance : model.instances()) {
            walk(instance, model, new ArrayList<>(), new HashSet<>());
        }
    }

    private static void walk(InstanceFmri instance, Model model, List<InstanceFmri> path, Set<InstanceFmri> done) {
        assertTrue(!path.contains(instance), "a cycle: " + path);
        if (!done.add(instance)) {
            return;
        }
        path.add(instance);
        for (DependencyGroup dependency : Definition.of(instance, model).dependencies()) {
            for (Fmri entity : dependency.grouping() == Grouping.EXCLUDE_ALL ? List.<Fmri>of() : dependency.entities()) {
                List<InstanceFmri> next = switch (entity) {
                    case InstanceFmri i -> List.of(i);
                    case ServiceFmri s -> model.instances(s);
                    default -> List.of();
                };
                next.forEach(i -> walk(i, model, path, done));
            }
        }
        path.removeLast();
    }

    @Test void methodsNameOnlyPropertiesThatAreThere() throws Exception {
        Model model = imported();
        for (InstanceFmri instance : model.instances()) {
            for (Method method : Definition.of(instance, model).methods().values()) {
                MethodTokens.expanded(method.exec(), instance, method.name(), model);
            }
        }
    }

    @Test void packagedDaemonsAreDisabledAndTheExampleIsEnabled() throws Exception {
        Model model = imported();
        for (String disabled : List.of("network/http:nginx", "application/database/redis:default", "system/cron:default")) {
            assertEquals(false, model.enabled(InstanceFmri.parse(disabled)).orElseThrow(), disabled);
        }
        for (String enabled : List.of("example/data:default", "example/backend:default", "example/web:default",
                "milestone/multi-user-server:default")) {
            assertEquals(true, model.enabled(InstanceFmri.parse(enabled)).orElseThrow(), enabled);
        }
    }

    @Test void theySurviveExportAndImport() throws Exception {
        Model model = imported();
        for (ServiceFmri service : model.services()) {
            RoundTrip.assertKept(service, model);
        }
    }
}
