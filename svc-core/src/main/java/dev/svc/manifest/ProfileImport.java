package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.manifest.BundledGroup.Intent;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.LayerGroup.Masking;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The application of one profile: its properties are added to layer *site-profile*, or replace their namesakes there. It creates no
/// services and no instances, and may leave out types that are known already.
final class ProfileImport {
    private static final Layer LAYER = Layer.SITE_PROFILE;

    private final Bundle bundle;
    private final Model model;
    private final ChangeDraft draft;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    ProfileImport(Bundle bundle, Model model) {
        this.bundle = bundle;
        this.model = model;
        draft = new ChangeDraft(model);
    }

    BundleImport outcome(int uid) {
        for (BundledService service : bundle.services()) {
            if (!model.exists(service.fmri())) {
                skip(service.fmri());
                continue;
            }
            apply(service);
            for (BundledInstance instance : service.instances()) {
                if (isComplete(instance.fmri())) {
                    apply(instance);
                } else {
                    skip(instance.fmri());
                }
            }
        }
        String what = "apply " + bundle.origin();
        List<InstanceFmri> refresh = new Snapshots(model, model.with(draft.change(what, uid)), draft, progress).refreshed();
        return new BundleImport(draft.change(what, uid), refresh, warnings, progress);
    }

    private boolean isComplete(InstanceFmri instance) {
        return model.enabled(instance).isPresent() || model.snapshot(instance, Snapshot.LAST_IMPORT).isPresent();
    }

    private void skip(EntityFmri entity) {
        progress.add(bundle.file() + ": " + entity + " does not exist; left out.");
    }

    private void apply(BundledEntity entity) {
        Optional<List<LayerGroup>> rows = rows(entity);
        if (rows.isEmpty()) {
            return;
        }
        rows.get().forEach(draft::put);
        List<Dependent> dependents = entity.dependents().stream().filter(d -> d.intent() == Intent.SET).toList();
        for (Dependent dependent : dependents) {
            draft.put(new LayerGroup(dependent.target(), LAYER, dependent.dependency()));
        }
        if (!dependents.isEmpty()) {
            draft.put(onTop(entity.fmri(), DependentsGroup.of(dependents)));
        }
    }

    /// The rows to put; none at all if a type is left open that nobody knows.
    private Optional<List<LayerGroup>> rows(BundledEntity entity) {
        List<LayerGroup> rows = new ArrayList<>();
        for (BundledGroup group : entity.groups()) {
            String name = group.name();
            Optional<String> type = group.type().or(() -> new KnownTypes(model, entity.fmri()).ofGroup(name));
            if (group.intent() == Intent.DELETE) {
                PropertyGroup nothing = new PropertyGroup(name, type.orElse(PropertyGroup.APPLICATION), List.of());
                rows.add(new LayerGroup(entity.fmri(), LAYER, nothing, Set.of(), Masking.WHOLE_GROUP));
                continue;
            }
            Optional<List<Property>> properties = properties(entity.fmri(), group);
            if (type.isEmpty() || properties.isEmpty()) {
                if (type.isEmpty()) {
                    warnings.add(bundle.file() + ":" + group.line() + ": Could not find property group type for \"" + name + "\" of "
                            + entity.fmri() + "; nothing of it is applied");
                }
                return Optional.empty();
            }
            rows.add(onTop(entity.fmri(), new PropertyGroup(name, type.get(), properties.get())));
        }
        return Optional.of(rows);
    }

    private LayerGroup onTop(EntityFmri entity, PropertyGroup group) {
        Optional<LayerGroup> before = draft.row(new LayerGroup.Key(entity, LAYER, group.name()));
        PropertyGroup sum = before.map(LayerGroup::group).filter(g -> g.type().equals(group.type()))
                .orElseGet(() -> new PropertyGroup(group.name(), group.type(), List.of()));
        for (Property property : group.properties()) {
            sum = sum.with(property);
        }
        return new LayerGroup(entity, LAYER, sum);
    }

    private Optional<List<Property>> properties(EntityFmri entity, BundledGroup group) {
        List<Property> properties = new ArrayList<>();
        for (BundledProperty property : group.properties()) {
            Optional<ValueType> type = property.type().or(() -> new KnownTypes(model, entity).ofProperty(group.name(), property.name()));
            String where = bundle.file() + ":" + property.line() + ": ";
            if (type.isEmpty()) {
                warnings.add(where + "Could not find property type for \"" + group.name() + "/" + property.name() + "\" of " + entity
                        + "; nothing of it is applied");
                return Optional.empty();
            }
            try {
                properties.add(new Property(property.name(), type.get(), property.values()));
            } catch (dev.svc.property.InvalidValueException e) {
                warnings.add(where + "property \"" + group.name() + "/" + property.name() + "\": " + e.getMessage()
                        + "; nothing of " + entity + " is applied");
                return Optional.empty();
            }
        }
        return Optional.of(properties);
    }
}
