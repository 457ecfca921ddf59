package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// A name with a value: `envvar`.
@XmlType public final class NamedValueElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "value") public String value;
}
