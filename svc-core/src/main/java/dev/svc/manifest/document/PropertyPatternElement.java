package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;

/// `prop_pattern`.
@XmlType(propOrder = {"commonName", "description", "units", "visibility", "cardinality", "separators", "values", "constraints",
        "choices"}) public final class PropertyPatternElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "required") public String required;

    @XmlElement(name = "common_name") public LocalizedElement commonName;

    @XmlElement(name = "description") public LocalizedElement description;

    @XmlElement(name = "units") public LocalizedElement units;

    @XmlElement(name = "visibility") public WordElement visibility;

    @XmlElement(name = "cardinality") public RangeElement cardinality;

    @XmlElement(name = "internal_separators") public CharactersElement separators;

    @XmlElement(name = "values") public PatternValuesElement values;

    @XmlElement(name = "constraints") public PatternValuesElement constraints;

    @XmlElement(name = "choices") public PatternValuesElement choices;
}
