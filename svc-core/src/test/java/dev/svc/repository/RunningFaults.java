package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Imports;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.simulation.Plain;
import dev.svc.simulation.RunningServices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Services run under labels, their manager is dead, and what damage leaves of the repository is older than the labels: a whole manager
/// takes over, on simulated contracts and real files.
///
/// Whatever is damaged: no service that runs is touched, none that was disabled is started, and what labels know is in the repository
/// again.
final class RunningFaults {
    /// The services of the manifest folder; the others were imported by the administrator.
    private static final int IN_FOLDER = 4;
    private static final Pattern LEVEL = Pattern.compile("\\((V[1-5]|JOURNAL|DISK)\\)$", Pattern.MULTILINE);
    private static final ServiceFmri IMPORTED = new ServiceFmri("smf/manifest");

    private final RunningServices left = new RunningServices();
    private final Map<String, byte[]> before;
    private final Remains remains;
    private final Map<InstanceFmri, Label> labels = new TreeMap<>(Comparator.comparing(InstanceFmri::toString));
    private final Map<InstanceFmri, String> running;

    /// Plays what comes before.
    RunningFaults(Place place) throws IOException {
        left.takeOver(place, RunningFaults::folder);
        IntStream.rangeClosed(IN_FOLDER + 1, 8).forEach(n -> left.apply(defining(n)));
        IntStream.rangeClosed(1, 8).forEach(n -> left.comesUp(instance(n)));
        left.disable(instance(2), Permanence.PERMANENTLY);
        left.quiet();
        before = Remains.read(place.database().getParent());
        left.apply(configuring(1));
        left.enable(instance(2), Permanence.PERMANENTLY);
        left.comesUp(instance(2));
        left.disable(instance(3), Permanence.PERMANENTLY);
        left.enable(instance(3), Permanence.PERMANENTLY);
        left.comesUp(instance(3));
        left.disable(instance(4), Permanence.PERMANENTLY);
        left.disable(instance(5), Permanence.PERMANENTLY);
        left.enable(instance(5), Permanence.TEMPORARILY);
        left.comesUp(instance(5));
        left.delete(instance(6));
        left.apply(defining(6));
        left.comesUp(instance(6));
        left.delete(instance(7));
        left.disable(instance(8), Permanence.TEMPORARILY);
        left.apply(configuring(5));
        Published published = left.published();
        published.standings().forEach((fmri, standing) -> labels.put(fmri, standing.label()));
        running = left.running();
        assertEquals(List.of(1, 2, 3, 5, 6).stream().map(RunningFaults::instance).toList(), List.copyOf(running.keySet()));
        remains = Remains.of(place, published.model(), left.sequence());
        left.end();
    }

    /// All that there was.
    Remains remains() {
        return remains;
    }

    /// The files before labels became newer.
    Map<String, byte[]> before() {
        return before;
    }

    /// Has a manager take over with what is left of the repository, and another after it.
    FaultMatrixTest.Outcome takeOver(Remains damaged, Place place) throws IOException {
        damaged.lay(place);
        RunningServices services = left.copy();
        AtomicBoolean imported = new AtomicBoolean();
        services.takeOver(place, opened -> {
            Imports imports = folder(opened);
            imported.set(!imports.changes().isEmpty());
            return imports;
        });
        Published first = services.published();
        assertUntouched(services, "taken over");
        labels.forEach((fmri, label) -> assertStands(label, first));
        services.end();
        String reports = reports(place);
        Map<String, String> model = Scene.text(first.model());
        Set<String> missing = FaultMatrixTest.differing(remains.model(), model);
        if (!missing.isEmpty()) {
            assertTrue(first.notices().stream().anyMatch(n -> n.contains("not known to be here whole")),
                    () -> missing + " " + first.notices());
        }
        services.takeOver(place, RunningFaults::folder);
        assertUntouched(services, "taken over again");
        labels.forEach((fmri, label) -> assertStands(label, services.published()));
        assertEquals(model, Scene.text(services.published().model()), "taken over again");
        services.end();
        return outcome(reports, missing, imported.get());
    }

    private static FaultMatrixTest.Outcome outcome(String reports, Set<String> missing, boolean imported) {
        Set<String> levels = new TreeSet<>();
        LEVEL.matcher(reports).results().forEach(found -> levels.add(found.group(1).startsWith("V")
                ? found.group(1)
                : found.group(1).toLowerCase(Locale.ROOT)));
        Set<String> sources = FaultMatrixTest.sources(reports);
        if (imported) {
            sources.add("manifests");
        }
        if (reports.contains("the repository had lost that it was")) {
            sources.add("labels");
        }
        return new FaultMatrixTest.Outcome(levels, sources, missing.size(), missing.isEmpty());
    }

    private void assertUntouched(RunningServices services, String when) {
        Map<InstanceFmri, String> still = services.running();
        assertEquals(running, still, when);
        assertEquals(List.of(), services.signals(), when);
        assertEquals(List.of(), services.started().stream().filter(labels::containsKey).toList(), when);
    }

    private void assertStands(Label label, Published published) {
        Standing standing = published.standings().get(label.fmri());
        assertTrue(standing != null, () -> label.fmri() + " is gone: " + published.notices());
        assertEquals(label.enabled(), standing.label().enabled(), label.fmri()::toString);
        assertEquals(label.override(), standing.label().override(), label.fmri()::toString);
        Optional<Boolean> configured = published.model().enabled(label.fmri());
        if (configured.isPresent()) {
            assertEquals(label.enabled(), configured.get(), () -> label.fmri() + " in the repository: " + published.notices());
        } else if (running.containsKey(label.fmri())) {
            assertInstanceOf(Phase.Degraded.class, standing.label().phase());
            assertTrue(published.notices().stream().anyMatch(n -> n.startsWith(label.fmri() + ": ")), published.notices()::toString);
        }
    }

    private static String reports(Place place) throws IOException {
        return Remains.read(place.reports()).values().stream().map(String::new).collect(Collectors.joining("\n"));
    }

    private static InstanceFmri instance(int n) {
        return InstanceFmri.parse("svc:/site/s" + n + ":default");
    }

    private static Change defining(int n) {
        return Plain.daemon(instance(n));
    }

    private static Change configuring(int n) {
        PropertyGroup config = new PropertyGroup("config", "application", List.of(Property.count("port", 8000 + n)));
        return Change.of("edit " + instance(n), 0, List.of(new LayerGroup(instance(n), Layer.ADMIN, config)));
    }

    /// The bundles of a folder: one that was imported before is not imported again, unless what came with it may be lost.
    private static Imports folder(Opened opened) {
        List<Change> imports = new ArrayList<>();
        for (int n = 1; n <= IN_FOLDER; n++) {
            LayerGroup imported = new LayerGroup(IMPORTED, Layer.MANIFEST,
                    new PropertyGroup("s" + n, PropertyGroup.FRAMEWORK, List.of(Property.count("version", 1))));
            if (opened.model().layer(imported.key()).isEmpty() || opened.repository().isDoubtful(imported.key())) {
                imports.add(defining(n).and(Change.of("", 0, List.of(imported))));
            }
        }
        return new Imports(imports, List.of());
    }
}
