package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `exec_method`.
@XmlType(propOrder = {"context", "stability", "settings"}) public final class ExecMethodElement extends Element {
    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "exec") public String exec;

    @XmlAttribute(name = "timeout_seconds") public String timeout;

    @XmlAttribute(name = "delete") public String delete;

    @XmlElement(name = "method_context") public MethodContextElement context;

    @XmlElement(name = "stability") public WordElement stability;

    @XmlElements({
            @XmlElement(name = "propval", type = PropvalElement.class),
            @XmlElement(name = "property", type = PropertyElement.class)}) public List<SettingElement> settings = new ArrayList<>();
}
