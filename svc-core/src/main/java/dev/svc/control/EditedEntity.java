package dev.svc.control;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.manifest.KnownTypes;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.InvalidValueException;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// An entity while its own properties are edited: the administrator's layer changes, those below are hidden where they must be.
final class EditedEntity {
    /// An edit that cannot be made; the message says why, in svccfg's words.
    static final class FaultException extends Exception {
        private static final long serialVersionUID = 1L;

        FaultException(String message) {
            super(message);
        }
    }

    /// Rendered from where instances stand; nobody writes them.
    private static final Set<String> RENDERED = Set.of("restarter", "restarter_actions", "general_ovr", "options_ovr");

    private final EntityFmri entity;
    private final List<Change> steps = new ArrayList<>();
    private Model model;

    EditedEntity(EntityFmri entity, Model model, int by) {
        this.entity = entity;
        this.model = model;
        steps.add(Change.of("edit " + entity, by, List.of()));
    }

    /// All edits so far, as one change.
    Change change() {
        return Change.all(steps);
    }

    void apply(Edit edit) throws FaultException {
        try {
            switch (edit) {
                case Edit.AddGroup(var group, var type) -> add(group, type);
                case Edit.RemoveGroup(var group) -> remove(present(group));
                case Edit.SetProperty set -> set(present(set.group()), set);
                case Edit.RemoveProperty(var group, var property) -> remove(present(group), property);
            }
        } catch (InvalidFmriException | InvalidValueException e) {
            throw new FaultException(e.getMessage());
        }
    }

    /// Whether what an edit adds is there already, or what it removes is not.
    boolean isAsAsked(Edit edit) {
        Optional<PropertyGroup> group = model.own(entity, edit.group());
        return switch (edit) {
            case Edit.AddGroup(_, var type) -> group.filter(g -> g.type().equals(type)).isPresent();
            case Edit.RemoveGroup _ -> group.isEmpty();
            case Edit.SetProperty _ -> false;
            case Edit.RemoveProperty(_, var property) -> group.flatMap(g -> g.property(property)).isEmpty();
        };
    }

    private PropertyGroup present(String group) throws FaultException {
        return model.own(entity, group).orElseThrow(() -> new FaultException("No such property group \"" + group + "\"."));
    }

    private void add(String name, String type) throws FaultException {
        if (RENDERED.contains(name)) {
            throw new FaultException("Property group \"" + name + "\" is the restarter's own and cannot be added.");
        }
        if (model.own(entity, name).isPresent()) {
            throw new FaultException("Property group \"" + name + "\" already exists.");
        }
        // Where it was deleted before, those below stay hidden, one by one: a whole group that is hidden would not exist.
        put(new LayerGroup(entity, Layer.ADMIN, new PropertyGroup(name, type, List.of()), below(name), LayerGroup.Masking.NONE));
    }

    private void remove(PropertyGroup group) {
        if (layersBelow(group.name()).isEmpty()) {
            delete(group.name());
        } else {
            put(new LayerGroup(entity, Layer.ADMIN, new PropertyGroup(group.name(), group.type(), List.of()), Set.of(),
                    LayerGroup.Masking.WHOLE_GROUP));
        }
    }

    private void set(PropertyGroup group, Edit.SetProperty set) throws FaultException {
        Optional<ValueType> type = set.type().or(() -> new KnownTypes(model, entity).ofProperty(group.name(), set.property()));
        if (type.isEmpty()) {
            throw new FaultException("Type required for new properties.");
        }
        List<String> values = set.values().stream().map(v -> TypedValue.canonical(type.get(), v)).toList();
        Property property = new Property(set.property(), type.get(), values);
        LayerGroup row = row(group);
        Set<String> masked = new HashSet<>(row.maskedProperties());
        masked.remove(property.name());
        put(new LayerGroup(entity, Layer.ADMIN, row.group().with(property), masked, row.masking()));
    }

    private void remove(PropertyGroup group, String property) throws FaultException {
        if (group.property(property).isEmpty()) {
            throw new FaultException("No such property \"" + group.name() + "/" + property + "\".");
        }
        LayerGroup row = row(group);
        Set<String> masked = new HashSet<>(row.maskedProperties());
        if (below(group.name()).contains(property)) {
            masked.add(property);
        }
        put(new LayerGroup(entity, Layer.ADMIN, row.group().without(property), masked, row.masking()));
    }

    /// What the administrator's layer says of the group so far.
    private LayerGroup row(PropertyGroup group) {
        return model.layer(key(group.name()))
                .orElseGet(() -> new LayerGroup(entity, Layer.ADMIN, new PropertyGroup(group.name(), group.type(), List.of())));
    }

    private List<LayerGroup> layersBelow(String group) {
        return model.layers(entity).filter(g -> g.group().name().equals(group) && g.layer() != Layer.ADMIN).toList();
    }

    /// The names of the properties that layers below have.
    private Set<String> below(String group) {
        Set<String> names = new TreeSet<>();
        layersBelow(group).forEach(layer -> layer.group().properties().forEach(p -> names.add(p.name())));
        return names;
    }

    private void put(LayerGroup row) {
        apply(Change.of(steps.getFirst().what(), steps.getFirst().by(), List.of(row)));
    }

    private void delete(String group) {
        apply(new Change(steps.getFirst().what(), steps.getFirst().by(), List.of(), List.of(key(group)), List.of(), List.of()));
    }

    private void apply(Change next) {
        model = model.with(next);
        steps.add(next);
    }

    private LayerGroup.Key key(String group) {
        return new LayerGroup.Key(entity, Layer.ADMIN, group);
    }
}
