package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;

/// `value` of a pattern.
@XmlType(propOrder = {"commonName", "description"}) public final class PatternValueElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlElement(name = "common_name") public LocalizedElement commonName;

    @XmlElement(name = "description") public LocalizedElement description;
}
