package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `propval`: a property of one value.
@XmlType public final class PropvalElement extends SettingElement {
    @XmlAttribute(name = "value") public String value;
}
