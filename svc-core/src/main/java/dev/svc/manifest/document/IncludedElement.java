package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `include_values`.
@XmlType public final class IncludedElement extends Element {
    @XmlAttribute(name = "type") public String type;
}
