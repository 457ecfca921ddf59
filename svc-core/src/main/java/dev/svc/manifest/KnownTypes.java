package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The types that a property group or a property must have because somebody said so before: where a profile or svccfg(8) may leave them
/// out.
public final class KnownTypes {
    private final Model model;
    private final EntityFmri entity;

    public KnownTypes(Model model, EntityFmri entity) {
        this.model = model;
        this.entity = entity;
    }

    /// The type of the group of that name: as it is, or as the service has it.
    public Optional<String> ofGroup(String group) {
        return model.own(entity, group).or(() -> model.own(entity.serviceFmri(), group)).map(PropertyGroup::type);
    }

    /// The type of a property: as it is, as a template has it, or as the service has it.
    public Optional<ValueType> ofProperty(String group, String property) {
        return now(entity, group, property).or(() -> ofTemplate(group, property)).or(() -> now(entity.serviceFmri(), group, property));
    }

    private Optional<ValueType> now(EntityFmri holder, String group, String property) {
        return model.own(holder, group).flatMap(g -> g.property(property)).map(Property::type);
    }

    private Optional<ValueType> ofTemplate(String group, String property) {
        List<PropertyGroup> all = new ArrayList<>(model.own(entity));
        all.addAll(model.own(entity.serviceFmri()));
        return all.stream().filter(g -> g.type().equals(TemplateMapping.PROPERTY_PATTERN))
                .filter(g -> g.value("name").filter(property::equals).isPresent())
                .filter(g -> all.stream().anyMatch(o -> o.name().equals(g.value("pg_pattern").orElse(""))
                        && o.value("name").filter(group::equals).isPresent()))
                .flatMap(g -> g.value("type").flatMap(ValueType::named).stream()).findFirst();
    }
}
