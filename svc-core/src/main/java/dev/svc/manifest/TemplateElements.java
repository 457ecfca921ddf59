package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.manifest.document.CharactersElement;
import dev.svc.manifest.document.DocLinkElement;
import dev.svc.manifest.document.DocumentationElement;
import dev.svc.manifest.document.GroupPatternElement;
import dev.svc.manifest.document.IncludedElement;
import dev.svc.manifest.document.LocalizedElement;
import dev.svc.manifest.document.ManpageElement;
import dev.svc.manifest.document.PatternValueElement;
import dev.svc.manifest.document.PatternValuesElement;
import dev.svc.manifest.document.PropertyPatternElement;
import dev.svc.manifest.document.RangeElement;
import dev.svc.manifest.document.ReferenceElement;
import dev.svc.manifest.document.TemplateElement;
import dev.svc.manifest.document.TextElement;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The `template` that groups `tm_…` of one entity make. A group takes part only if reading the element yields it again; groups that do
/// not are left for `property_group`.
final class TemplateElements {
    private final EntityFmri entity;
    private final Map<String, PropertyGroup> left = new LinkedHashMap<>();
    private final TemplateElement template = new TemplateElement();
    private final List<ReferenceElement> references = new ArrayList<>();
    private final List<PropertyGroup> referenceGroups = new ArrayList<>();

    TemplateElements(EntityFmri entity, List<PropertyGroup> groups) {
        this.entity = entity;
        groups.forEach(g -> left.put(g.name(), g));
    }

    /// The element; empty if there is no common name, without which a template cannot be.
    Optional<TemplateElement> template() {
        template.commonName = text(TemplateMapping.COMMON_NAME);
        if (template.commonName == null) {
            return Optional.empty();
        }
        template.description = text(TemplateMapping.DESCRIPTION);
        all(PropertyGroup.TEMPLATE).forEach(this::addReference);
        if (!references.isEmpty()) {
            template.documentation = new DocumentationElement();
            template.documentation.references.addAll(references);
        }
        all(TemplateMapping.GROUP_PATTERN).forEach(this::addPattern);
        return Optional.of(template);
    }

    /// The groups that the template does not say.
    List<PropertyGroup> left() {
        return List.copyOf(left.values());
    }

    private List<PropertyGroup> all(String type) {
        return left.values().stream().filter(g -> g.type().equals(type)).toList();
    }

    private boolean take(Consumer<TemplateMapping> reading, List<PropertyGroup> groups) {
        boolean faithful = new EntityElements(entity).faithful(m -> reading.accept(m.templates()), groups);
        if (faithful) {
            groups.forEach(g -> left.remove(g.name()));
        }
        return faithful;
    }

    private LocalizedElement text(String name) {
        PropertyGroup group = left.get(name);
        if (group == null) {
            return null;
        }
        LocalizedElement element = texts(group.properties(), 0);
        return element != null && take(t -> t.addText(name, element), List.of(group)) ? element : null;
    }

    /// The texts of properties named after languages, behind a prefix of that length; null, as an absent element is, without one.
    private static LocalizedElement texts(List<Property> properties, int prefixLength) {
        LocalizedElement element = new LocalizedElement();
        for (Property property : properties) {
            TextElement text = new TextElement();
            text.language = property.name().substring(prefixLength);
            text.text = property.values().isEmpty() ? "" : property.values().getFirst();
            element.texts.add(text);
        }
        return element.texts.isEmpty() ? null : element;
    }

    private static LocalizedElement texts(RemainingProperties rest, String prefix) {
        return texts(rest.takeBeginning(prefix), prefix.length());
    }

    private void addReference(PropertyGroup group) {
        RemainingProperties rest = new RemainingProperties(group);
        ReferenceElement reference;
        if (group.name().startsWith(TemplateMapping.MANPAGE_PREFIX)) {
            ManpageElement page = new ManpageElement();
            page.title = rest.takeTextOrNull("title");
            page.section = rest.takeTextOrNull("section");
            page.manpath = rest.takeTextOrNull("manpath");
            reference = page;
            if (page.title == null || page.section == null || page.manpath == null) {
                return;
            }
        } else if (group.name().startsWith(TemplateMapping.DOC_LINK_PREFIX)) {
            DocLinkElement link = new DocLinkElement();
            link.name = rest.takeTextOrNull("name");
            link.uri = rest.takeTextOrNull("uri");
            reference = link;
            if (link.name == null || link.uri == null) {
                return;
            }
        } else {
            return;
        }
        // With those before it: what a page of the same title is named depends on them.
        List<ReferenceElement> all = new ArrayList<>(references);
        all.add(reference);
        List<PropertyGroup> said = new ArrayList<>(referenceGroups);
        said.add(group);
        if (take(t -> all.forEach(t::addReference), said)) {
            references.add(reference);
            referenceGroups.add(group);
        }
    }

    private void addPattern(PropertyGroup group) {
        RemainingProperties rest = new RemainingProperties(group);
        GroupPatternElement pattern = new GroupPatternElement();
        pattern.name = emptyAsNull(rest.takeTextOrNull("name"));
        pattern.type = emptyAsNull(rest.takeTextOrNull("type"));
        pattern.target = rest.takeTextOrNull("target");
        pattern.required = rest.takeOrNull("required", ValueType.BOOLEAN);
        pattern.commonName = texts(rest, "common_name_");
        pattern.description = texts(rest, "description_");
        List<PropertyGroup> said = new ArrayList<>(List.of(group));
        for (PropertyGroup property : all(TemplateMapping.PROPERTY_PATTERN)) {
            if (property.value("pg_pattern").filter(group.name()::equals).isPresent()) {
                propertyPattern(property).ifPresent(element -> {
                    pattern.properties.add(element);
                    said.add(property);
                });
            }
        }
        boolean target = pattern.target != null && List.of("this", "instance", "delegate", "all").contains(pattern.target);
        if (target && take(t -> t.addPattern(pattern), said)) {
            template.patterns.add(pattern);
        }
    }

    private static Optional<PropertyPatternElement> propertyPattern(PropertyGroup group) {
        RemainingProperties rest = new RemainingProperties(group);
        PropertyPatternElement pattern = new PropertyPatternElement();
        pattern.name = rest.takeTextOrNull("name");
        pattern.type = emptyAsNull(rest.takeTextOrNull("type"));
        pattern.required = rest.takeOrNull("required", ValueType.BOOLEAN);
        pattern.commonName = texts(rest, "common_name_");
        pattern.description = texts(rest, "description_");
        pattern.units = texts(rest, "units_");
        pattern.visibility = rest.takeWordOrNull("visibility");
        RangeElement cardinality = new RangeElement();
        cardinality.min = rest.takeOrNull("cardinality_min", ValueType.COUNT);
        cardinality.max = rest.takeOrNull("cardinality_max", ValueType.COUNT);
        pattern.cardinality = cardinality.min == null && cardinality.max == null ? null : cardinality;
        rest.takeAll("internal_separators", ValueType.ASTRING).ifPresent(all -> {
            pattern.separators = new CharactersElement();
            pattern.separators.text = String.join("", all);
        });
        pattern.values = values(rest, "values_name", "");
        pattern.constraints = values(rest, "constraint_name", "constraint_range");
        pattern.choices = values(rest, "choices_name", "choices_range");
        rest.takeAll("choices_include_values", ValueType.ASTRING).ifPresent(all -> {
            pattern.choices = pattern.choices == null ? new PatternValuesElement() : pattern.choices;
            all.forEach(type -> pattern.choices.included.add(included(type)));
        });
        return pattern.name == null ? Optional.empty() : Optional.of(pattern);
    }

    private static IncludedElement included(String type) {
        IncludedElement element = new IncludedElement();
        element.type = type;
        return element;
    }

    private static PatternValuesElement values(RemainingProperties rest, String names, String ranges) {
        PatternValuesElement element = new PatternValuesElement();
        rest.takeAll(names, ValueType.ASTRING).ifPresent(all -> all.forEach(n -> element.values.add(value(n, rest))));
        rest.takeAll(ranges, ValueType.ASTRING).ifPresent(all -> all.forEach(r -> element.ranges.add(range(r))));
        return element.values.isEmpty() && element.ranges.isEmpty() ? null : element;
    }

    /// A value with its texts; they belong to the first list that has the value.
    private static PatternValueElement value(String name, RemainingProperties rest) {
        PatternValueElement element = new PatternValueElement();
        element.name = name;
        String prefix = "value_" + Base32Name.of(name) + "_";
        element.commonName = texts(rest, prefix + "common_name_");
        element.description = texts(rest, prefix + "description_");
        return element;
    }

    private static RangeElement range(String range) {
        RangeElement element = new RangeElement();
        int comma = Math.max(0, range.indexOf(','));
        element.min = range.substring(0, comma);
        element.max = range.substring(Math.min(range.length(), comma + 1));
        return element;
    }

    private static String emptyAsNull(String textOrNull) {
        return textOrNull == null || textOrNull.isEmpty() ? null : textOrNull;
    }
}
