package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `pg_pattern`.
@XmlType(propOrder = {"commonName", "description", "properties"}) public final class GroupPatternElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "target") public String target;

    @XmlAttribute(name = "required") public String required;

    @XmlElement(name = "common_name") public LocalizedElement commonName;

    @XmlElement(name = "description") public LocalizedElement description;

    @XmlElement(name = "prop_pattern") public List<PropertyPatternElement> properties = new ArrayList<>();
}
