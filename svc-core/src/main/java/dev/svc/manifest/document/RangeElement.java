package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `cardinality` and `range`.
@XmlType public final class RangeElement extends Element {
    @XmlAttribute(name = "min") public String min;

    @XmlAttribute(name = "max") public String max;
}
