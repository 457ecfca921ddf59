package dev.svc.manifest;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.Names;
import dev.svc.manifest.document.DocLinkElement;
import dev.svc.manifest.document.GroupPatternElement;
import dev.svc.manifest.document.LocalizedElement;
import dev.svc.manifest.document.ManpageElement;
import dev.svc.manifest.document.PatternValueElement;
import dev.svc.manifest.document.PatternValuesElement;
import dev.svc.manifest.document.PropertyPatternElement;
import dev.svc.manifest.document.RangeElement;
import dev.svc.manifest.document.ReferenceElement;
import dev.svc.manifest.document.TemplateElement;
import dev.svc.manifest.document.TextElement;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// What a `template` means: groups `tm_…` for its texts, and for each pattern of a property group and of a property one.
final class TemplateMapping {
    static final String COMMON_NAME = "tm_common_name";
    static final String DESCRIPTION = "tm_description";
    static final String GROUP_PATTERN = "template_pg_pattern";
    static final String PROPERTY_PATTERN = "template_prop_pattern";
    static final String MANPAGE_PREFIX = "tm_man_";
    static final String DOC_LINK_PREFIX = "tm_doc_";
    static final String GROUP_PREFIX = "tm_pgpat";
    static final String PROPERTY_PREFIX = "tm_proppat";

    static final String UNLIMITED = "18446744073709551615";
    private static final BigInteger LARGEST = new BigInteger(UNLIMITED);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final String GLOBAL = "svc:/system/svc/global";

    private final EntityFmri entity;
    private final EntityMapping groups;
    private final Findings findings;

    TemplateMapping(EntityFmri entity, EntityMapping groups, Findings findings) {
        this.entity = entity;
        this.groups = groups;
        this.findings = findings;
    }

    /// @param ofRestarter whether the service is a restarter, which may describe the groups of its delegates
    void add(TemplateElement template, boolean ofRestarter) {
        addText(COMMON_NAME, template.commonName);
        if (template.description != null) {
            addText(DESCRIPTION, template.description);
        }
        if (template.documentation != null) {
            template.documentation.references.forEach(this::addReference);
        }
        for (GroupPatternElement pattern : template.patterns) {
            checkTarget(pattern, ofRestarter);
            addPattern(pattern);
        }
    }

    void addText(String group, LocalizedElement element) {
        groups.draft(group, PropertyGroup.TEMPLATE, element.line).ifPresent(g -> addTexts(g, "", element));
    }

    void addReference(ReferenceElement reference) {
        switch (reference) {
            case ManpageElement page -> groups.draft(manpageLabel(page), PropertyGroup.TEMPLATE, page.line).ifPresent(group -> {
                group.addText("title", page.title, page.line);
                group.addText("section", page.section, page.line);
                group.addText("manpath", page.manpath == null ? ":default" : page.manpath, page.line);
            });
            case DocLinkElement link -> groups.draft(label(DOC_LINK_PREFIX, link.name), PropertyGroup.TEMPLATE, link.line)
                    .ifPresent(group -> {
                        group.addText("name", link.name, link.line);
                        group.addText("uri", link.uri, link.line);
                    });
        }
    }

    /// One title in several sections is several pages; only the first has the name it always had.
    private String manpageLabel(ManpageElement page) {
        String label = label(MANPAGE_PREFIX, page.title);
        return groups.has(label) ? label(MANPAGE_PREFIX, page.title + "_" + page.section) : label;
    }

    private void checkTarget(GroupPatternElement pattern, boolean ofRestarter) {
        String target = textOr(pattern.target, "this");
        String sentence = switch (target) {
            case "instance" -> entity instanceof InstanceFmri ? "is allowed only in the template of a service" : "";
            case "delegate" -> ofRestarter ? "" : "is allowed only in a service of type restarter";
            case "all" -> entity.toString().equals(GLOBAL) ? "" : "is allowed only in " + GLOBAL;
            default -> "";
        };
        if (!sentence.isEmpty()) {
            findings.add(pattern.line, title(pattern) + ": target \"" + target + "\" " + sentence);
        }
    }

    void addPattern(GroupPatternElement pattern) {
        String name = groupName(textOr(pattern.name, ""), textOr(pattern.type, ""));
        if (groups.has(name)) {
            findings.add(pattern.line, "Multiple definitions of " + title(pattern) + " in " + entity + "; one is allowed");
            return;
        }
        groups.draft(name, GROUP_PATTERN, pattern.line).ifPresent(group -> {
            group.addText("name", textOr(pattern.name, ""), pattern.line);
            group.addText("type", textOr(pattern.type, ""), pattern.line);
            group.addText("target", textOr(pattern.target, "this"), pattern.line);
            group.add("required", ValueType.BOOLEAN, textOr(pattern.required, "false"), pattern.line);
            addTexts(group, "common_name_", pattern.commonName);
            addTexts(group, "description_", pattern.description);
            pattern.properties.forEach(p -> addPropertyPattern(name, p));
        });
    }

    /// The name of the group a `pg_pattern` becomes.
    static String groupName(String name, String type) {
        if (!name.isEmpty()) {
            return GROUP_PREFIX + (type.isEmpty() ? "n_" : "nt_") + name;
        }
        return GROUP_PREFIX + (type.isEmpty() ? "_" : "t_" + type);
    }

    /// The name of the group a `prop_pattern` becomes.
    static String propertyGroupName(String ownerGroup, String property) {
        return PROPERTY_PREFIX + "_" + ownerGroup.substring(GROUP_PREFIX.length()) + "_" + property;
    }

    private void addPropertyPattern(String owner, PropertyPatternElement pattern) {
        String name = propertyGroupName(owner, pattern.name);
        String title = "prop_pattern \"" + pattern.name + "\"";
        if (groups.has(name)) {
            findings.add(pattern.line, "Multiple definitions of " + title + " in its pg_pattern; one is allowed");
            return;
        }
        groups.draft(name, PROPERTY_PATTERN, pattern.line).ifPresent(group -> {
            group.addText("pg_pattern", owner, pattern.line);
            group.addText("name", pattern.name, pattern.line);
            group.addText("type", textOr(pattern.type, ""), pattern.line);
            group.add("required", ValueType.BOOLEAN, textOr(pattern.required, "false"), pattern.line);
            addTexts(group, "common_name_", pattern.commonName);
            addTexts(group, "description_", pattern.description);
            addTexts(group, "units_", pattern.units);
            if (pattern.visibility != null) {
                group.addText("visibility", pattern.visibility.value, pattern.visibility.line);
            }
            if (pattern.cardinality != null) {
                addCardinality(group, pattern.cardinality, title);
            }
            if (pattern.separators != null) {
                List<String> separators = pattern.separators.text.codePoints().mapToObj(Character::toString).toList();
                group.add("internal_separators", ValueType.ASTRING, separators, pattern.separators.line);
            }
            addValues(group, pattern, title);
        });
    }

    private void addCardinality(GroupDraft group, RangeElement cardinality, String title) {
        String min = textOr(cardinality.min, "0");
        String max = textOr(cardinality.max, UNLIMITED);
        if (ordered(min, max, BigInteger.ZERO)) {
            group.add("cardinality_min", ValueType.COUNT, min, cardinality.line);
            group.add("cardinality_max", ValueType.COUNT, max, cardinality.line);
        } else {
            findings.add(cardinality.line, title + ": cardinality from " + min + " to " + max
                    + " is none; min and max must be numbers, min at most max");
        }
    }

    private void addValues(GroupDraft group, PropertyPatternElement pattern, String title) {
        List<PatternValueElement> described = new ArrayList<>();
        if (pattern.values != null) {
            addNames(group, "values_name", pattern.values, described);
        }
        if (pattern.constraints != null) {
            addNames(group, "constraint_name", pattern.constraints, described);
            addRanges(group, "constraint_range", pattern.constraints, title);
        }
        if (pattern.choices != null) {
            addNames(group, "choices_name", pattern.choices, described);
            addRanges(group, "choices_range", pattern.choices, title);
            if (!pattern.choices.included.isEmpty()) {
                group.add("choices_include_values", ValueType.ASTRING, pattern.choices.included.stream().map(i -> i.type).toList(),
                        pattern.choices.line);
            }
        }
        for (PatternValueElement value : described) {
            String prefix = "value_" + Base32Name.of(value.name) + "_";
            addTexts(group, prefix + "common_name_", value.commonName);
            addTexts(group, prefix + "description_", value.description);
        }
    }

    private static void addNames(GroupDraft group, String property, PatternValuesElement values, List<PatternValueElement> described) {
        if (!values.values.isEmpty()) {
            group.add(property, ValueType.ASTRING, values.values.stream().map(v -> v.name).toList(), values.line);
            described.addAll(values.values);
        }
    }

    private void addRanges(GroupDraft group, String property, PatternValuesElement values, String title) {
        List<String> ranges = new ArrayList<>();
        for (RangeElement range : values.ranges) {
            if (ordered(range.min, range.max, SMALLEST)) {
                ranges.add(range.min.strip() + "," + range.max.strip());
            } else {
                findings.add(range.line, title + ": range from " + range.min + " to " + range.max
                        + " is none; min and max must be numbers, min at most max");
            }
        }
        if (!ranges.isEmpty()) {
            group.add(property, ValueType.ASTRING, ranges, values.line);
        }
    }

    private static boolean ordered(String min, String max, BigInteger smallest) {
        if (!min.strip().matches("-?[0-9]{1,20}") || !max.strip().matches("-?[0-9]{1,20}")) {
            return false;
        }
        BigInteger low = new BigInteger(min.strip());
        BigInteger high = new BigInteger(max.strip());
        return low.compareTo(smallest) >= 0 && low.compareTo(high) <= 0 && high.compareTo(LARGEST) <= 0;
    }

    private void addTexts(GroupDraft group, String prefix, LocalizedElement elementOrNull) {
        if (elementOrNull == null) {
            return;
        }
        for (TextElement text : elementOrNull.texts) {
            String value = textOr(text.text, "").strip();
            if (value.isEmpty()) {
                findings.add(text.line, "loctext \"" + text.language + "\" is empty; it must have a text");
            } else {
                group.add(prefix + localeName(text.language), ValueType.USTRING, value, text.line);
            }
        }
    }

    private static String localeName(String language) {
        return language == null || language.isEmpty() ? "unknown" : language.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /// A property group name made of a prefix and any text; long ones lose their middle.
    static String label(String prefix, String text) {
        String label = prefix + text;
        if (label.length() > Names.LONGEST) {
            int half = (Names.LONGEST - 2) / 2;
            label = label.substring(0, half) + "__" + label.substring(label.length() - half);
        }
        return label.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static String title(GroupPatternElement pattern) {
        return "pg_pattern \"" + textOr(pattern.name, textOr(pattern.type, "")) + "\"";
    }

    private static String textOr(String textOrNull, String otherwise) {
        return textOrNull == null ? otherwise : textOrNull;
    }
}
