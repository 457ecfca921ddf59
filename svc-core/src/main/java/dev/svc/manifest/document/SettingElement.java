package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlTransient;

/// `propval` or `property`.
@XmlTransient public abstract sealed class SettingElement extends Element permits PropvalElement, PropertyElement {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "override") public String override;
}
