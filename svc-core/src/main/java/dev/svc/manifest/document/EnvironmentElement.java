package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `method_environment`.
@XmlType(propOrder = {"variables"}) public final class EnvironmentElement extends Element {
    @XmlElement(name = "envvar") public List<NamedValueElement> variables = new ArrayList<>();
}
