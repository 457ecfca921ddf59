package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `create_default_instance`.
@XmlType public final class DefaultInstanceElement extends Element {
    @XmlAttribute(name = "enabled") public String enabled;
}
