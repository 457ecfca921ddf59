package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `parameter`: any number of values.
@XmlType(propOrder = {"values"}) public final class ParameterElement extends MechanismParameter {
    @XmlAttribute(name = "name") public String name;

    @XmlElement(name = "value_node") public List<WordElement> values = new ArrayList<>();
}
