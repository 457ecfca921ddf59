package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `dependency`.
@XmlType(propOrder = {"fmris", "stability", "settings"}) public final class DependencyElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "grouping") public String grouping;

    @XmlAttribute(name = "restart_on") public String restartOn;

    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "delete") public String delete;

    @XmlElement(name = "service_fmri") public List<WordElement> fmris = new ArrayList<>();

    @XmlElement(name = "stability") public WordElement stability;

    @XmlElements({
            @XmlElement(name = "propval", type = PropvalElement.class),
            @XmlElement(name = "property", type = PropertyElement.class)}) public List<SettingElement> settings = new ArrayList<>();
}
