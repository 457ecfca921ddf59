package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `type` of a notification: a mechanism such as `smtp`.
@XmlType(propOrder = {"parameters"}) public final class MechanismElement extends Element {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "active") public String active;

    @XmlElements({
            @XmlElement(name = "parameter", type = ParameterElement.class),
            @XmlElement(name = "paramval", type = ParamvalElement.class)}) public List<MechanismParameter> parameters = new ArrayList<>();
}
