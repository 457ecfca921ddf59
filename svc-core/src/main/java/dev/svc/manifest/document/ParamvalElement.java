package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `paramval`: one value.
@XmlType public final class ParamvalElement extends MechanismParameter {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "value") public String value;
}
