package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.OperandWalk;
import dev.svc.graph.Explanation;
import dev.svc.graph.World;
import dev.svc.model.State;
import dev.svc.property.PropertyGroup;
import dev.svc.protocol.JsonLines;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `explain`: why instances do not run, what that keeps from running, and what to do (svcs -x). The reasoning is the graph's; what is
/// added here is where to read more.
record Explaining(Administered engine, RenderedGroups rendered, Worlds worlds) implements Verb {
    private static final String MESSAGE_BASE = "http://illumos.org/msg/";

    @Override public void answer(Inquiry inquiry) throws IOException {
        List<String> patterns = inquiry.asked().texts("patterns");
        Published published = engine.published();
        OperandWalk walk = OperandWalk.of(patterns, OperandRule.INSTANCES, new PublishedNames(published, rendered));
        inquiry.replies().warnings(walk.warnings());
        Optional<String> base = messageBase(published);
        if (base.isPresent()) {
            inquiry.replies().send(inquiry.replies().line().add("message_base", base.get()));
        }
        boolean excerpts = inquiry.asked().texts("details").contains("excerpt");
        World world = worlds.of(published);
        List<Explanation> explanations = patterns.isEmpty() ? Explanation.ofProblems(world) : Explanation.of(world, walk.instances());
        for (Explanation explanation : explanations) {
            JsonObjectBuilder line = line(explanation, published);
            if (excerpts) {
                line.add("excerpt", JsonLines.array(excerpt(explanation, inquiry.peer())));
            }
            inquiry.replies().send(inquiry.replies().line().add("explanation", line));
        }
    }

    /// Where message ids lead; nothing if the property that says so is not one text.
    private static Optional<String> messageBase(Published published) {
        Optional<List<String>> configured = published.model().current(InstanceFmri.MASTER_RESTARTER, "msg")
                .flatMap(g -> g.property("base")).map(p -> p.values());
        return configured.isEmpty() ? Optional.of(MESSAGE_BASE) : configured.filter(v -> v.size() == 1).map(List::getFirst);
    }

    private static JsonObjectBuilder line(Explanation explanation, Published published) {
        JsonObjectBuilder line = JsonLines.object().add("fmri", explanation.fmri().toString());
        if (!explanation.commonName().isEmpty()) {
            line.add("name", explanation.commonName());
        }
        line.add("state", explanation.state().word()).add("next", explanation.next().map(State::word).orElse("none"))
                .add("since", Times.text(explanation.since())).add("running", explanation.running());
        JsonArrayBuilder reasons = JsonLines.array();
        explanation.reasons().forEach(reason -> reasons.add(reason(reason)));
        return line.add("reasons", reasons).add("documents", documents(published.model().running(explanation.fmri())))
                .add("logs", JsonLines.array(explanation.logs())).add("impact", names(explanation.impact()))
                .add("advice", JsonLines.array(explanation.advice()));
    }

    private static JsonObjectBuilder reason(Explanation.Finding finding) {
        JsonObjectBuilder line = JsonLines.object().add("text", finding.text());
        finding.message().ifPresent(id -> line.add("message", id));
        return line.add("logs", JsonLines.array(finding.logs())).add("path", names(finding.path()));
    }

    private static JsonArrayBuilder names(List<InstanceFmri> instances) {
        return JsonLines.array(instances.stream().map(InstanceFmri::toString).toList());
    }

    private static JsonArrayBuilder documents(List<PropertyGroup> running) {
        JsonArrayBuilder documents = JsonLines.array();
        for (PropertyGroup group : running) {
            Optional<String> title = group.value("title");
            Optional<String> section = group.value("section");
            Optional<String> uri = group.value("uri");
            if (group.name().startsWith("tm_man_") && title.isPresent() && section.isPresent()) {
                JsonObjectBuilder page = JsonLines.object().add("title", title.get()).add("section", section.get());
                group.value("manpath").ifPresent(path -> page.add("path", path.equals(":default") ? "/usr/share/man" : path));
                documents.add(page);
            } else if (group.name().startsWith("tm_doc_") && uri.isPresent()) {
                documents.add(JsonLines.object().add("uri", uri.get()));
            }
        }
        return documents;
    }

    /// The logs are root's and the manager's own user's to read.
    private static List<String> excerpt(Explanation explanation, Peer peer) {
        if (!peer.privileged() || explanation.logs().isEmpty()) {
            return List.of();
        }
        return LogExcerpt.of(Path.of(explanation.logs().getFirst()));
    }
}
