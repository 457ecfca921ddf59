package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `dependent`.
@XmlType(propOrder = {"fmri", "stability", "settings"}) public final class DependentElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "grouping") public String grouping;

    @XmlAttribute(name = "restart_on") public String restartOn;

    @XmlAttribute(name = "delete") public String delete;

    @XmlAttribute(name = "override") public String override;

    @XmlElement(name = "service_fmri") public WordElement fmri;

    @XmlElement(name = "stability") public WordElement stability;

    @XmlElements({
            @XmlElement(name = "propval", type = PropvalElement.class),
            @XmlElement(name = "property", type = PropertyElement.class)}) public List<SettingElement> settings = new ArrayList<>();
}
