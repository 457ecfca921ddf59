package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.Names;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.OperandWalk;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `properties`: property groups of entities in one of the views of svcprop(1).
record PropertyReading(Administered engine, RenderedGroups rendered) implements Verb {
    /// Which values are shown.
    private enum View {
        /// The running snapshot, and what is not persistent.
        EFFECTIVE,
        /// Current values, instance over service.
        CURRENT,
        /// Current values of the entity itself.
        OWN,
        /// One snapshot.
        SNAPSHOT
    }

    @Override public void answer(Inquiry inquiry) throws IOException {
        View view = view(inquiry);
        List<String> selections = inquiry.asked().texts("groups");
        Published published = engine.published();
        boolean services = inquiry.asked().tryText("prefer").filter("services"::equals).isPresent();
        OperandRule rule = services ? OperandRule.SERVICES : OperandRule.PROPERTIES;
        OperandWalk walk = OperandWalk.of(inquiry.asked().texts("patterns"), rule,
                new PublishedNames(published, rendered));
        inquiry.replies().warnings(walk.warnings());
        for (Fmri fmri : walk.visits()) {
            if (!answer(inquiry, new ViewedGroups(published, rendered), view, fmri, selections)) {
                return;
            }
        }
    }

    /// Says what was watched: current values of the entity itself.
    void say(Inquiry inquiry, Published published, Fmri fmri) throws IOException {
        answer(inquiry, new ViewedGroups(published, rendered), View.OWN, fmri, inquiry.asked().texts("groups"));
    }

    private static View view(Inquiry inquiry) throws MalformedLineException {
        String word = inquiry.asked().tryText("view").orElse("effective");
        return switch (word) {
            case "effective" -> View.EFFECTIVE;
            case "current" -> View.CURRENT;
            case "own" -> View.OWN;
            case "snapshot" -> View.SNAPSHOT;
            default -> throw new MalformedLineException(
                    "member \"view\" is \"" + word + "\"; it must be effective, current, own or snapshot");
        };
    }

    /// Yields false if an error ends the whole request.
    private static boolean answer(Inquiry inquiry, ViewedGroups groups, View view, Fmri fmri, List<String> selections)
            throws IOException {
        switch (fmri) {
            case PropertyGroupFmri group -> {
                List<ViewedGroup> one = ViewedGroups.select(groups.own(group.entity()), group.group());
                say(inquiry, groups, group.entity(), fmri, "group", one);
            }
            case PropertyFmri property -> {
                String selection = property.group() + "/" + property.property();
                List<ViewedGroup> one = ViewedGroups.select(groups.own(property.entity()), selection);
                say(inquiry, groups, property.entity(), fmri, "property", one);
            }
            case EntityFmri entity -> {
                Optional<List<ViewedGroup>> seen = seen(inquiry, groups, view, entity, selections);
                if (seen.isEmpty()) {
                    return false;
                }
                answer(inquiry, groups, entity, seen.get(), selections);
            }
            case FileFmri _ -> throw new IllegalStateException(fmri + " was found by a walk");
        }
        return true;
    }

    private static void answer(Inquiry inquiry, ViewedGroups groups, EntityFmri entity, List<ViewedGroup> seen, List<String> selections)
            throws IOException {
        String kind = entity instanceof InstanceFmri ? "instance" : "service";
        if (selections.isEmpty()) {
            say(inquiry, groups, entity, entity, kind, seen);
            return;
        }
        List<ViewedGroup> selected = selections.stream().flatMap(s -> ViewedGroups.select(seen, s).stream()).toList();
        say(inquiry, groups, entity, entity, kind, selected);
        for (String selection : selections) {
            if (ViewedGroups.select(seen, selection).isEmpty()) {
                inquiry.replies().send(
                        inquiry.replies().line().add("entity", entity.toString()).add("kind", kind).add("missing", selection));
            }
        }
    }

    /// The groups that the view shows of an entity; nothing if it cannot show any, which has been said then.
    private static Optional<List<ViewedGroup>> seen(Inquiry inquiry, ViewedGroups groups, View view, EntityFmri entity,
            List<String> selections) throws IOException {
        return switch (view) {
            case EFFECTIVE -> Optional.of(groups.effective(entity));
            case CURRENT -> Optional.of(groups.current(entity));
            case OWN -> Optional.of(groups.own(entity));
            case SNAPSHOT -> snapshot(inquiry, groups, entity, selections);
        };
    }

    private static Optional<List<ViewedGroup>> snapshot(Inquiry inquiry, ViewedGroups groups, EntityFmri entity, List<String> selections)
            throws IOException {
        String name = inquiry.asked().tryText("snapshot").orElse(Snapshot.RUNNING);
        Optional<List<ViewedGroup>> seen = switch (entity) {
            case ServiceFmri _ -> Optional.empty();
            case InstanceFmri instance -> groups.snapshot(instance, name, selections);
        };
        if (seen.isEmpty()) {
            String fault = Names.isName(name) ? "No such snapshot." : "Invalid snapshot name.";
            inquiry.replies().error(entity instanceof ServiceFmri ? "Only instances have snapshots." : fault);
        }
        return seen;
    }

    private static void say(Inquiry inquiry, ViewedGroups groups, EntityFmri entity, Fmri operand, String kind, List<ViewedGroup> shown)
            throws IOException {
        JsonArrayBuilder array = JsonLines.array();
        for (ViewedGroup group : shown) {
            boolean readable = groups.demand(entity, group.group()).map(inquiry.rights()::meet).orElse(true);
            array.add(line(entity, group, readable));
        }
        inquiry.replies().send(inquiry.replies().line().add("entity", operand.toString()).add("kind", kind).add("groups", array));
    }

    private static JsonObjectBuilder line(EntityFmri entity, ViewedGroup viewed, boolean readable) {
        PropertyGroup group = viewed.group();
        JsonArrayBuilder properties = JsonLines.array();
        for (Property property : group.properties()) {
            JsonObjectBuilder line = JsonLines.object().add("name", property.name()).add("type", property.type().typeName())
                    .add("values", JsonLines.array(readable ? property.values() : List.of()));
            if (!readable) {
                line.add("hidden", true);
            }
            if (!viewed.holder(property.name()).equals(entity)) {
                line.add("holder", viewed.holder(property.name()).toString());
            }
            properties.add(line);
        }
        JsonObjectBuilder line = JsonLines.object().add("name", group.name()).add("type", group.type());
        if (!viewed.holder().equals(entity)) {
            line.add("holder", viewed.holder().toString());
        }
        return line.add("properties", properties);
    }
}
