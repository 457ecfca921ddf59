package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// An element that is one value, such as `service_fmri`, `stability`, `event`, `visibility`, `value_node`.
@XmlType public final class WordElement extends Element {
    @XmlAttribute(name = "value") public String value;
}
