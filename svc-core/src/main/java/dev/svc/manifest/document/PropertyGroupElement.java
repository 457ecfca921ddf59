package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `property_group`.
@XmlType(propOrder = {"stability", "settings"}) public final class PropertyGroupElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "delete") public String delete;

    @XmlElement(name = "stability") public WordElement stability;

    @XmlElements({
            @XmlElement(name = "propval", type = PropvalElement.class),
            @XmlElement(name = "property", type = PropertyElement.class)}) public List<SettingElement> settings = new ArrayList<>();
}
