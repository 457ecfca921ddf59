package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// An element that is one name: `method_profile`.
@XmlType public final class NamedElement extends Element {
    @XmlAttribute(name = "name") public String name;
}
