package dev.svc.control;

import dev.svc.contract.Contracts;
import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.model.Definition;
import dev.svc.model.Model;
import dev.svc.model.State;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Label;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What `list` says of an instance, as the protocol draws it.
///
/// @param rights of who asks: values he may not read are left out
record InstanceLines(Administered engine, Published published, SvcRoot root, Rights rights, Set<Detail> details) {
    /// What is only said if asked for.
    enum Detail {
        PROCESSES, DEPENDENCIES, PROPERTIES
    }

    JsonObjectBuilder of(InstanceFmri fmri) {
        JsonObjectBuilder line = JsonLines.object().add("fmri", fmri.toString()).add("service", fmri.service())
                .add("instance", fmri.instance());
        Optional<Standing> standing = standing(fmri, published);
        String name = standing.map(Standing::definition).orElseGet(() -> Definition.of(fmri, published.model())).commonName();
        if (!name.isEmpty()) {
            line.add("name", name);
        }
        standing.ifPresent(s -> addState(line, s.label()));
        permanentlyEnabled(fmri, published).ifPresent(enabled -> line.add("enabled", enabled));
        comment(fmri).ifPresent(comment -> line.add("comment", comment));
        line.add("logfile", root.log(fmri).toString()).add("restarter", restarter(fmri, published).toString())
                .add("containment", published.containment().name().toLowerCase(Locale.ROOT));
        switch (engine.faultsTold()) {
            case ALL -> {}
            case OF_MAINS -> line.add("faults", "of mains");
            case NONE -> line.add("faults", "unseen");
        }
        addDetails(line, fmri);
        return line;
    }

    private static void addState(JsonObjectBuilder line, Label label) {
        line.add("state", label.state().word()).add("next", label.phase().nextState().map(State::word).orElse("none"))
                .add("since", Times.text(label.since())).add("aux", label.reason().word());
        label.override().ifPresent(enabled -> line.add("override", enabled));
        if (RenderedGroups.hasRun(label)) {
            line.add("contracts", ids(RenderedGroups.contracts(label)));
        }
        line.add("transients", ids(label.phase().transientContract().stream().toList()));
    }

    private static JsonArrayBuilder ids(List<ContractId> contracts) {
        JsonArrayBuilder ids = JsonLines.array();
        contracts.forEach(c -> ids.add(c.value()));
        return ids;
    }

    private void addDetails(JsonObjectBuilder line, InstanceFmri fmri) {
        if (details.contains(Detail.PROCESSES)) {
            line.add("processes", processes(fmri));
        }
        if (details.contains(Detail.DEPENDENCIES)) {
            line.add("dependencies", new DependencyLines(published).of(fmri));
        }
        if (details.contains(Detail.PROPERTIES)) {
            line.add("properties", new ApplicationLines(published.model(), rights).of(fmri));
        }
    }

    private JsonArrayBuilder processes(InstanceFmri fmri) {
        JsonArrayBuilder processes = JsonLines.array();
        for (Contracts.Member member : engine.members(fmri)) {
            processes.add(JsonLines.object().add("pid", member.pid()).add("started", Times.text(member.startedSeconds()))
                    .add("command", member.command()).add("arguments", member.arguments()));
        }
        return processes;
    }

    /// Why it is disabled: the words of the temporary setting if that is in force and says otherwise, else those of the permanent one.
    private Optional<String> comment(InstanceFmri fmri) {
        Optional<Label> label = standing(fmri, published).map(Standing::label);
        Optional<Boolean> permanent = permanentlyEnabled(fmri, published);
        boolean effective = label.flatMap(Label::override).or(() -> permanent).orElse(true);
        if (effective) {
            return Optional.empty();
        }
        boolean temporary = label.flatMap(Label::override).isPresent() && permanent.orElse(true);
        Optional<String> words = temporary
                ? label.flatMap(Label::comment)
                : published.model().own(fmri, "general").flatMap(g -> g.value("comment"));
        return words.filter(w -> !w.isEmpty());
    }

    static Optional<Standing> standing(InstanceFmri fmri, Published published) {
        return Optional.ofNullable(published.standings().get(fmri));
    }

    /// As configured; of an instance whose definition is gone, as it was last seen.
    static Optional<Boolean> permanentlyEnabled(InstanceFmri fmri, Published published) {
        if (published.model().exists(fmri)) {
            return published.model().enabled(fmri);
        }
        return standing(fmri, published).map(s -> s.label().enabled());
    }

    /// Whether it is enabled for good, or temporarily.
    static boolean isEnabledSomehow(InstanceFmri fmri, Published published) {
        return permanentlyEnabled(fmri, published).orElse(false)
                || standing(fmri, published).flatMap(s -> s.label().override()).orElse(false);
    }

    /// Whose instance it is; the master restarter's if nothing valid is configured.
    static InstanceFmri restarter(InstanceFmri fmri, Published published) {
        try {
            return general(fmri, "restarter", published.model()).map(InstanceFmri::parse).orElse(InstanceFmri.MASTER_RESTARTER);
        } catch (InvalidFmriException _) {
            return InstanceFmri.MASTER_RESTARTER;
        }
    }

    /// A current value of the group `general`, the instance's over the service's; without composing all that there is.
    private static Optional<String> general(InstanceFmri fmri, String property, Model model) {
        return model.own(fmri, "general").flatMap(g -> g.value(property))
                .or(() -> model.own(fmri.serviceFmri(), "general").flatMap(g -> g.value(property)));
    }
}
