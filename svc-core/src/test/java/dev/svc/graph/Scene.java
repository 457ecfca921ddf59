package dev.svc.graph;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A world to be explained: a drawing, everyone in it enabled and online until the scene says otherwise.
final class Scene {
    static final Instant SINCE = Instant.parse("2025-03-04T14:20:59Z");

    private final SequencedMap<InstanceFmri, Draft> drafts = new LinkedHashMap<>();
    private final Set<FileFmri> present = new HashSet<>();

    private Scene() {}

    static Scene of(String drawing) {
        Scene scene = new Scene();
        Drawing.of(drawing).forEach(d -> scene.drafts.put(d.fmri(), new Draft(d)));
        return scene;
    }

    Scene is(String word, State state) {
        return is(word, state, Reason.NONE);
    }

    Scene is(String word, State state, Reason reason) {
        return change(word, d -> {
            d.state = state;
            d.reason = reason;
        });
    }

    Scene goesTo(String word, State next) {
        return change(word, d -> d.next = Optional.of(next));
    }

    Scene isDisabled(String word) {
        return is(word, State.DISABLED).setting(word, EnabledSetting.DISABLED, "");
    }

    Scene setting(String word, EnabledSetting setting, String comment) {
        return change(word, d -> {
            d.enabled = setting;
            d.comment = Optional.of(comment).filter(c -> !c.isEmpty());
        });
    }

    Scene failed(String word, MethodFailure failure) {
        return change(word, d -> d.failure = Optional.of(failure));
    }

    Scene started(String word, WaitStatus status) {
        return change(word, d -> d.startStatus = Optional.of(status));
    }

    Scene stoppedBy(String word, Reason fault) {
        return change(word, d -> d.fault = Optional.of(fault));
    }

    Scene requestedBy(String word, String requester) {
        return change(word, d -> d.requester = Optional.of(Drawing.instance(requester)));
    }

    Scene has(String path) {
        present.add(new FileFmri(path));
        return this;
    }

    World world() {
        return new World(drafts.values().stream().map(Draft::item).toList(), present, List.of());
    }

    /// All problems, rendered.
    String problems() {
        return Explanation.ofProblems(world()).stream().map(Scene::rendered).collect(Collectors.joining("\n"));
    }

    /// One instance, rendered:
    ///
    /// ```
    /// web offline
    ///   Service svc:/db:default is disabled. SMF-8000-GE
    ///     web > db
    ///   impact: app
    ///   do: To enable what it waits for: svcadm enable svc:/db:default
    /// ```
    String explained(String word) {
        return rendered(Explanation.of(world(), List.of(Drawing.instance(word))).getFirst());
    }

    private static String rendered(Explanation explanation) {
        StringBuilder text = new StringBuilder(Drawing.word(explanation.fmri()) + " " + explanation.state().word() + "\n");
        for (Explanation.Finding finding : explanation.reasons()) {
            text.append("  ").append(finding.text()).append(finding.message().map(m -> " " + m).orElse("")).append("\n");
            finding.logs().forEach(log -> text.append("    see ").append(log).append("\n"));
            if (!finding.path().isEmpty()) {
                text.append("    ").append(finding.path().stream().map(Drawing::word).collect(Collectors.joining(" > "))).append("\n");
            }
        }
        if (!explanation.impact().isEmpty()) {
            text.append("  impact: ").append(explanation.impact().stream().map(Drawing::word).collect(Collectors.joining(" ")))
                    .append("\n");
        }
        explanation.advice().forEach(a -> text.append("  do: ").append(a).append("\n"));
        return text.toString();
    }

    private Scene change(String word, Consumer<Draft> change) {
        change.accept(drafts.get(Drawing.instance(word)));
        return this;
    }

    private static final class Draft {
        private final Definition definition;
        private State state = State.ONLINE;
        private Optional<State> next = Optional.empty();
        private Reason reason = Reason.NONE;
        private EnabledSetting enabled = EnabledSetting.ENABLED;
        private Optional<String> comment = Optional.empty();
        private Optional<MethodFailure> failure = Optional.empty();
        private Optional<WaitStatus> startStatus = Optional.empty();
        private Optional<Reason> fault = Optional.empty();
        private Optional<InstanceFmri> requester = Optional.empty();

        Draft(Definition definition) {
            this.definition = definition;
        }

        World.Item item() {
            List<String> logs = List.of("/log/" + Drawing.word(definition.fmri()));
            return new World.Item(definition, state, next, SINCE, reason, enabled, comment, failure, startStatus, fault, requester, logs);
        }
    }
}
