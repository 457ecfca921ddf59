package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.OperandWalk;
import dev.svc.graph.World;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// `list`: instances, or what instances depend on, or who depends on them (svcs).
record Listing(Administered engine, RenderedGroups rendered, Worlds worlds) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        Published published = engine.published();
        List<InstanceFmri> found = found(inquiry, published);
        Predicate<InstanceFmri> wanted = wanted(inquiry, published);
        InstanceLines lines = new InstanceLines(engine, published, rendered.root(), inquiry.rights(), details(inquiry));
        for (InstanceFmri fmri : found) {
            if (wanted.test(fmri)) {
                inquiry.replies().send(inquiry.replies().line().add("instance", restricted(lines.of(fmri), inquiry)));
            }
        }
    }

    /// The members asked for, with the FMRI and the details, or all if none were named.
    private static JsonObjectBuilder restricted(JsonObjectBuilder line, Inquiry inquiry) throws MalformedLineException {
        List<String> members = inquiry.asked().texts("members");
        if (members.isEmpty()) {
            return line;
        }
        List<String> details = inquiry.asked().texts("details");
        JsonObjectBuilder restricted = JsonLines.object();
        line.build().forEach((name, value) -> {
            if (name.equals("fmri") || members.contains(name) || details.contains(name)) {
                restricted.add(name, value);
            }
        });
        return restricted;
    }

    private List<InstanceFmri> found(Inquiry inquiry, Published published) throws IOException {
        String of = inquiry.asked().tryText("of").orElse("instances");
        return switch (of) {
            case "instances" -> walk(inquiry, published, OperandRule.INSTANCES).instances();
            case "dependencies" -> dependencies(inquiry, published);
            case "dependents" -> dependents(inquiry, published);
            default -> throw new MalformedLineException(
                    "member \"of\" is \"" + of + "\"; it must be instances, dependencies or dependents");
        };
    }

    private List<InstanceFmri> dependencies(Inquiry inquiry, Published published) throws IOException {
        World world = worlds.of(published);
        List<InstanceFmri> all = new ArrayList<>();
        walk(inquiry, published, OperandRule.INSTANCES).instances().forEach(fmri -> all.addAll(world.dependencies(fmri)));
        return all;
    }

    private List<InstanceFmri> dependents(Inquiry inquiry, Published published) throws IOException {
        World world = worlds.of(published);
        List<InstanceFmri> all = new ArrayList<>();
        for (Fmri fmri : walk(inquiry, published, OperandRule.SERVICES).visits()) {
            if (fmri instanceof EntityFmri provider) {
                all.addAll(world.dependents(provider));
            }
        }
        return all;
    }

    private OperandWalk walk(Inquiry inquiry, Published published, OperandRule rule) throws IOException {
        OperandWalk walk = OperandWalk.of(inquiry.asked().texts("patterns"), rule, new PublishedNames(published, rendered));
        inquiry.replies().warnings(walk.warnings());
        return walk;
    }

    /// Which of the instances found are listed: all, those that are enabled in either way, those of certain restarters.
    private static Predicate<InstanceFmri> wanted(Inquiry inquiry, Published published) throws MalformedLineException {
        Predicate<InstanceFmri> wanted = _ -> true;
        List<InstanceFmri> restarters = restarters(inquiry);
        if (!restarters.isEmpty()) {
            wanted = fmri -> restarters.contains(InstanceLines.restarter(fmri, published));
        }
        String select = inquiry.asked().tryText("select").orElse("all");
        return switch (select) {
            case "all" -> wanted;
            case "enabled" -> inquiry.asked().texts("patterns").isEmpty()
                    ? wanted.and(fmri -> InstanceLines.isEnabledSomehow(fmri, published))
                    : wanted;
            default -> throw new MalformedLineException("member \"select\" is \"" + select + "\"; it must be enabled or all");
        };
    }

    private static List<InstanceFmri> restarters(Inquiry inquiry) throws MalformedLineException {
        List<InstanceFmri> restarters = new ArrayList<>();
        for (String text : inquiry.asked().texts("restarters")) {
            try {
                restarters.add(InstanceFmri.parse(text));
            } catch (InvalidFmriException e) {
                throw new MalformedLineException("member \"restarters\": " + e.getMessage());
            }
        }
        return restarters;
    }

    private static Set<InstanceLines.Detail> details(Inquiry inquiry) throws MalformedLineException {
        Set<InstanceLines.Detail> details = EnumSet.noneOf(InstanceLines.Detail.class);
        for (String word : inquiry.asked().texts("details")) {
            switch (word) {
                case "processes" -> details.add(InstanceLines.Detail.PROCESSES);
                case "dependencies" -> details.add(InstanceLines.Detail.DEPENDENCIES);
                case "properties" -> details.add(InstanceLines.Detail.PROPERTIES);
                case "logs" -> { /* are always there */ }
                default -> throw new MalformedLineException("member \"details\" has \"" + word
                        + "\"; it may have processes, dependencies, properties and logs");
            }
        }
        return details;
    }
}
