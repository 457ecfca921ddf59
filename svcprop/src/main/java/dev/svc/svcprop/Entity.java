package dev.svc.svcprop;

import dev.svc.protocol.Members;
import dev.svc.svcprop.SvcpropRequest.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One thing that an operand stands for, with its properties as the manager gave them.
///
/// @param kind of the protocol: instance, service, group or property
record Entity(String fmri, String kind, List<Group> groups) {
    private static final String PROPERTIES = "/:properties/";

    record Group(String name, List<Property> properties) {}

    /// Whether a property's values are there to be read.
    enum Access {
        READABLE, HIDDEN
    }

    /// @param holder FMRI of the service or instance that the value is attached to
    record Property(String group, String name, String type, List<String> values, String holder, Access access) {
        /// `group/property`.
        String plain() { return group + "/" + name; }

        String full() { return holder + PROPERTIES + plain(); }
    }

    static Entity of(Members members) throws IOException {
        String fmri = members.text("entity");
        int properties = fmri.indexOf(PROPERTIES);
        String owner = properties < 0 ? fmri : fmri.substring(0, properties);
        // A group may come once for each selection in it.
        Map<String, Map<String, Property>> groups = new LinkedHashMap<>();
        for (Members group : members.objects("groups")) {
            String name = group.text("name");
            String holder = group.tryText("holder").orElse(owner);
            Map<String, Property> of = groups.computeIfAbsent(name, _ -> new LinkedHashMap<>());
            for (Members property : group.objects("properties")) {
                of.put(property.text("name"), property(name, property, holder));
            }
        }
        List<Group> all = new ArrayList<>();
        for (Map.Entry<String, Map<String, Property>> group : groups.entrySet()) {
            all.add(new Group(group.getKey(), List.copyOf(group.getValue().values())));
        }
        return new Entity(fmri, members.tryText("kind").orElse(kind(fmri)), all);
    }

    private static Property property(String group, Members members, String holderOfGroup) throws IOException {
        return new Property(group, members.text("name"), members.text("type"), members.texts("values"),
                members.tryText("holder").orElse(holderOfGroup), members.truth("hidden") ? Access.HIDDEN : Access.READABLE);
    }

    private static String kind(String fmri) {
        if (fmri.contains(PROPERTIES)) {
            return "group";
        }
        return fmri.indexOf(':', "svc:".length()) < 0 ? "service" : "instance";
    }

    boolean isGroup() { return kind.equals("group"); }

    boolean isProperty() { return kind.equals("property"); }

    /// What `selection` selects: nothing if it is absent; a whole group may have no properties. Of a group it selects a property.
    Optional<List<Property>> selected(Selection selection) {
        for (Group group : groups) {
            if (isGroup()) {
                return property(group, selection.group());
            }
            if (group.name.equals(selection.group())) {
                return selection.property().isPresent() ? property(group, selection.property().get()) : Optional.of(group.properties);
            }
        }
        return Optional.empty();
    }

    private static Optional<List<Property>> property(Group group, String name) {
        for (Property property : group.properties) {
            if (property.name.equals(name)) {
                return Optional.of(List.of(property));
            }
        }
        return Optional.empty();
    }

    /// The complaint about a selection that is absent.
    String absent(Selection selection) {
        if (isGroup()) {
            return "Couldn't find property `" + selection.group() + "' in property group `" + fmri + "'";
        }
        String what = selection.property().isPresent() ? "property" : "property group";
        return "Couldn't find " + what + " `" + selection + "' for " + kind + " `" + fmri + "'";
    }
}
