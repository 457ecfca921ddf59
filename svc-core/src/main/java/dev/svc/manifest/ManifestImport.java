package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.manifest.BundledGroup.Intent;
import dev.svc.manifest.BundledProperty.Precedence;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.LayerGroup.Masking;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The import of one manifest: what it says replaces what layer *manifest* had of the same services and instances.
final class ManifestImport {
    /// Never a conflict: the administrator's setting is meant to differ.
    private static final Set<String> PROTECTED = Set.of("general/enabled", "general/restarter");

    private final Bundle bundle;
    private final Model model;
    private final ChangeDraft draft;
    private final Findings findings;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    ManifestImport(Bundle bundle, Model model) {
        this.bundle = bundle;
        this.model = model;
        draft = new ChangeDraft(model);
        findings = new Findings(bundle.file());
    }

    BundleImport outcome(int uid) throws BundleException {
        for (BundledService service : bundle.services()) {
            addEntity(service);
            service.instances().forEach(this::addEntity);
            var key = new LayerGroup.Key(service.fmri(), Layer.MANIFEST, ManifestFiles.NAME);
            PropertyGroup files = ManifestFiles.with(model.layer(key).map(LayerGroup::group), bundle.origin());
            draft.putBookkeeping(new LayerGroup(service.fmri(), Layer.MANIFEST, files));
        }
        findings.throwIfAny();
        String what = "import " + bundle.origin();
        Model after = model.with(draft.change(what, uid));
        Snapshots snapshots = new Snapshots(model, after, draft, progress);
        for (BundledService service : bundle.services()) {
            service.instances().forEach(i -> snapshots.imported(service, i));
        }
        List<InstanceFmri> refresh = snapshots.refreshed();
        return new BundleImport(draft.change(what, uid), refresh, warnings, progress);
    }

    private void addEntity(BundledEntity entity) {
        Map<String, PropertyGroup> wanted = new LinkedHashMap<>();
        entity.groups().stream().filter(g -> g.intent() == Intent.SET).forEach(g -> wanted.put(g.name(), g.group()));
        List<Dependent> dependents = settled(entity);
        withdraw(entity, dependents);
        dependents.forEach(d -> addDependent(entity, d));
        if (!dependents.isEmpty()) {
            wanted.merge(DependentsGroup.NAME, DependentsGroup.of(dependents), ManifestImport::both);
        }
        entity.groups().forEach(g -> settleCustomisations(entity.fmri(), g));
        for (LayerGroup row : draft.rows(entity.fmri())) {
            boolean own = row.layer() == Layer.MANIFEST && !DependentsGroup.isExternal(row.group())
                    && !row.group().name().equals(ManifestFiles.NAME);
            if (own && !wanted.containsKey(row.group().name()) && draft.delete(row.key())) {
                tell("Deleting property group \"" + row.group().name() + "\" of " + entity.fmri() + ".");
            }
        }
        wanted.values().forEach(g -> put(entity.fmri(), g));
    }

    private static PropertyGroup both(PropertyGroup explicit, PropertyGroup implied) {
        PropertyGroup sum = explicit;
        for (Property property : implied.properties()) {
            sum = sum.with(property);
        }
        return sum;
    }

    private void put(EntityFmri entity, PropertyGroup group) {
        Optional<LayerGroup> old = draft.row(new LayerGroup.Key(entity, Layer.MANIFEST, group.name()));
        if (old.map(LayerGroup::group).filter(DependentsGroup::isExternal).isPresent() && !DependentsGroup.isExternal(group)) {
            warnings.add("Conflict upgrading " + entity + " (property group \"" + group.name()
                    + "\" replaces a dependency that another service had put there).");
        }
        if (draft.put(new LayerGroup(entity, Layer.MANIFEST, group)) && old.isPresent()) {
            tell("Upgrading property group \"" + group.name() + "\" of " + entity + ".");
        }
    }

    // --- dependents

    /// The dependents to be there afterwards: without those whose place in the target is taken.
    private List<Dependent> settled(BundledEntity entity) {
        boolean fresh = draft.rows(entity.fmri()).stream().allMatch(r -> DependentsGroup.isExternal(r.group()));
        List<Dependent> settled = new ArrayList<>();
        for (Dependent dependent : entity.dependents()) {
            if (dependent.intent() == Intent.DELETE) {
                continue;
            }
            Optional<PropertyGroup> there = model.with(draft.change("", 0)).own(dependent.target(), dependent.name());
            if (there.isEmpty() || DependentsGroup.isFrom(entity.fmri(), there.get())) {
                settled.add(dependent);
            } else if (fresh) {
                findings.add(dependent.line(), "Could not create \"" + dependent.name() + "\" dependency in " + dependent.target()
                        + " (already exists); the dependent needs another name");
            } else {
                warnings.add("Conflict upgrading " + entity.fmri() + " (not importing new dependent \"" + dependent.name()
                        + "\" because it already exists).");
            }
        }
        return settled;
    }

    /// Takes back what the manifest put into others before and does not any more.
    private void withdraw(BundledEntity entity, List<Dependent> settled) {
        var key = new LayerGroup.Key(entity.fmri(), Layer.MANIFEST, DependentsGroup.NAME);
        for (var entry : draft.row(key).stream().flatMap(r -> DependentsGroup.entries(r.group())).toList()) {
            boolean kept = settled.stream().anyMatch(d -> d.name().equals(entry.name()) && d.target().equals(entry.target()));
            var there = new LayerGroup.Key(entry.target(), Layer.MANIFEST, entry.name());
            if (!kept && draft.row(there).filter(r -> DependentsGroup.isFrom(entity.fmri(), entry.name(), r)).isPresent()) {
                draft.delete(there);
                tell("Deleting dependent \"" + entry.name() + "\" of " + entity.fmri() + ".");
                boolean deleted = entity.dependents().stream().anyMatch(d -> d.name().equals(entry.name()) && d.intent() == Intent.DELETE);
                if (deleted) {
                    draft.delete(new LayerGroup.Key(entry.target(), Layer.ADMIN, entry.name()));
                }
            }
        }
    }

    private void addDependent(BundledEntity entity, Dependent dependent) {
        var key = new LayerGroup.Key(dependent.target(), Layer.MANIFEST, dependent.name());
        boolean existed = draft.row(key).isPresent();
        if (draft.put(new LayerGroup(dependent.target(), Layer.MANIFEST, dependent.dependency())) && existed) {
            tell("Upgrading dependent \"" + dependent.name() + "\" of " + entity.fmri() + ".");
            if (dependent.precedence() == Precedence.OVERRIDE) {
                draft.delete(new LayerGroup.Key(dependent.target(), Layer.ADMIN, dependent.name()));
            }
        }
    }

    // --- what the administrator changed

    /// Where the manifest changes what the administrator changed too: reports it, or takes the manifest's side if it says so.
    private void settleCustomisations(EntityFmri entity, BundledGroup wanted) {
        Optional<LayerGroup> old = model.layer(new LayerGroup.Key(entity, Layer.MANIFEST, wanted.name()));
        Optional<LayerGroup> admin = model.layer(new LayerGroup.Key(entity, Layer.ADMIN, wanted.name()));
        if (old.isEmpty() || admin.isEmpty()) {
            return;
        }
        if (wanted.intent() == Intent.DELETE) {
            draft.delete(admin.get().key());
            return;
        }
        LayerGroup left = admin.get();
        for (BundledProperty property : wanted.properties()) {
            Optional<Property> before = old.get().group().property(property.name());
            boolean customised = left.group().property(property.name()).filter(p -> !p.equals(property.property())).isPresent()
                    || left.maskedProperties().contains(property.name());
            if (before.filter(p -> !p.equals(property.property())).isPresent() && customised) {
                if (property.precedence() == Precedence.OVERRIDE) {
                    left = without(left, property.name());
                } else {
                    conflict(entity, wanted.name() + "/" + property.name(), left, property);
                }
            }
        }
        replace(admin.get(), left);
    }

    private void conflict(EntityFmri entity, String name, LayerGroup admin, BundledProperty wanted) {
        if (PROTECTED.contains(name)) {
            return;
        }
        Optional<ValueType> type = admin.group().property(wanted.name()).map(Property::type);
        String how = type.isEmpty() ? "is missing" : type.equals(wanted.type()) ? "has different values" : "has different type";
        warnings.add("Conflict upgrading " + entity + " (property \"" + name + "\" " + how + ").");
    }

    private static LayerGroup without(LayerGroup row, String property) {
        Set<String> masked = new java.util.TreeSet<>(row.maskedProperties());
        masked.remove(property);
        return new LayerGroup(row.entity(), row.layer(), row.group().without(property), masked, row.masking());
    }

    private void replace(LayerGroup before, LayerGroup after) {
        boolean empty = after.group().properties().isEmpty() && after.maskedProperties().isEmpty() && after.masking() == Masking.NONE;
        if (!after.equals(before) && empty) {
            draft.delete(after.key());
        } else {
            draft.put(after);
        }
    }

    private void tell(String sentence) {
        progress.add(bundle.file() + ": " + sentence);
    }
}
