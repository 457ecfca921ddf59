package dev.svc.simulation;

import static dev.svc.simulation.Scenario.require;

import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.EnabledSetting;
import dev.svc.graph.Oracle;
import dev.svc.graph.Satisfaction;
import dev.svc.model.Definition;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.simulation.SimulatedKernel.Contract;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where everything must stand when nothing happens any more: an oracle that knows nothing of how it came there.
final class Rest {
    private final Scenario scenario;
    private final Published published;

    Rest(Scenario scenario, Published published) {
        this.scenario = scenario;
        this.published = published;
    }

    void check() {
        for (InstanceFmri fmri : scenario.site.all()) {
            Optional<Standing> standing = Optional.ofNullable(published.standings().get(fmri));
            int version = standing.isEmpty() ? 0 : Site.version(fmri, published.model());
            require(scenario.expected.get(fmri).allows(version),
                    () -> fmri + ": acknowledged was " + scenario.expected.get(fmri) + ", in force is version " + version);
            require(version > 0 || standing.isEmpty() || isKept(fmri), () -> fmri + ": is deleted, and yet there: " + standing);
            if (standing.isEmpty()) {
                gone(fmri);
            } else {
                stored(standing.get().label());
                settings(standing.get().label());
                contracts(standing.get().label());
            }
        }
        states();
        scenario.kernel.records.keySet().forEach(id -> require(
                published.standings().values().stream().anyMatch(s -> s.label().phase().contracts().contains(id)),
                () -> "exit record " + id + " is left behind"));
    }

    private void gone(InstanceFmri fmri) {
        require(scenario.kernel.living(fmri).isEmpty(), () -> "what is deleted has no contract: " + scenario.kernel.living(fmri));
        require(scenario.kernel.labelCopies(fmri).isEmpty(), () -> "what is deleted has no label: " + fmri);
    }

    private void stored(Label label) {
        Optional<Label> stored = scenario.kernel.label(label.fmri());
        require(stored.equals(Optional.of(label))
                || stored.map(Label::revision).orElse(-1L) < label.revision() && scenario.damage.isLost(label.fmri()),
                () -> "memory is what is stored: " + label + " / " + stored);
        require(label.pending().isEmpty(), () -> "nothing is left pending: " + label);
        require(label.reason() != Reason.INTERNAL_ERROR, () -> "no error of our own: " + label);
    }

    private void settings(Label label) {
        // What is kept has lost its setting with its label and its definition.
        if (isKept(label.fmri())) {
            return;
        }
        EnabledSetting setting = new EnabledSetting(label.enabled(), label.override());
        require(scenario.expected.get(label.fmri()).allows(setting),
                () -> label.fmri() + ": acknowledged was " + scenario.expected.get(label.fmri()) + ", in force is " + setting);
        int edited = Site.edited(label.fmri(), published.model());
        int refreshed = Site.refreshed(label.fmri(), published.model());
        require(scenario.expected.get(label.fmri()).allowsEdited(edited, refreshed), () -> label.fmri() + ": acknowledged was "
                + scenario.expected.get(label.fmri()) + ", set is " + edited + ", the running snapshot has " + refreshed);
        require(published.model().enabled(label.fmri()).equals(Optional.of(label.enabled())),
                () -> label.fmri() + ": the label says " + setting + ", the repository " + published.model().enabled(label.fmri()));
    }

    /// Deleted, and its label lost at once: what runs is kept, for nobody can say which was first; once it ends it is not started again.
    private boolean isKept(InstanceFmri fmri) {
        return scenario.damage.isLost(fmri) && Site.version(fmri, published.model()) == 0;
    }

    private void contracts(Label label) {
        List<Contract> living = scenario.kernel.living(label.fmri());
        switch (label.phase()) {
            case Phase.Online(var contract) -> running(label, contract.isPresent(), living);
            case Phase.Degraded(var contract) -> running(label, contract.isPresent(), living);
            case Phase.Maintenance(var leftovers) -> require(
                    living.stream().allMatch(c -> leftovers.contains(c.id)), () -> "no contract is left behind: " + label + living);
            case Phase.Disabled _,Phase.Offline _ ->
                require(living.isEmpty(), () -> "what does not run has no contract: " + label + living);
            case Phase.Uninitialized _,Phase.Starting _,Phase.Refreshing _,Phase.Stopping _ ->
                throw new AssertionError("it is at rest: " + label);
        }
    }

    private static void running(Label label, boolean named, List<Contract> living) {
        require(living.size() == (named ? 1 : 0), () -> "exactly one live contract: " + label + living);
        if (named) {
            require(label.phase().contracts().contains(living.getFirst().id), () -> "its contract is the living one: " + label + living);
            require(label.model() == ServiceModel.TRANSIENT || living.getFirst().populated(),
                    () -> "what is online has processes: " + label + living);
        }
    }

    private void states() {
        Map<InstanceFmri, Definition> definitions = new HashMap<>();
        Map<InstanceFmri, State> states = new HashMap<>();
        Set<InstanceFmri> enabled = new HashSet<>();
        Map<FileFmri, Boolean> files = new HashMap<>();
        published.standings().forEach((fmri, standing) -> {
            definitions.put(fmri, standing.definition());
            states.put(fmri, standing.label().state());
            if (standing.label().effectivelyEnabled()) {
                enabled.add(fmri);
            }
        });
        for (String file : Site.files()) {
            files.put((FileFmri) dev.svc.fmri.Fmri.parse("file://localhost" + file), scenario.world.files.contains(file));
        }
        Oracle oracle = new Oracle(definitions, states, Set.of(), enabled, files);
        for (InstanceFmri fmri : scenario.site.all()) {
            State state = states.get(fmri);
            if (state == null || state == State.MAINTENANCE || isKept(fmri)) {
                continue;
            }
            if (enabled.contains(fmri)) {
                require(state.isRunning() || oracle.satisfaction(fmri) != Satisfaction.SATISFIED,
                        () -> fmri + " is enabled and all it needs is there, but it is " + state);
                require(state != State.DISABLED, () -> fmri + " is enabled, but " + state);
            } else {
                // What goes down for a milestone waits for those that an administrator enabled since, though they be offline.
                boolean held = !published.milestone().equals("all") && published.standings().values().stream()
                        .anyMatch(s -> (s.label().state().isRunning() || s.label().state() == State.OFFLINE)
                                && scenario.site.all().contains(s.label().fmri())
                                && scenario.site.service(s.label().fmri()).needs().contains(fmri));
                require(state == State.DISABLED || held, () -> fmri + " is disabled, but " + state);
            }
        }
    }
}
